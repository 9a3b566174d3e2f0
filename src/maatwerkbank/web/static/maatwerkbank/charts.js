// SPDX-FileCopyrightText: The Maatwerkbank contributors
// SPDX-License-Identifier: EUPL-1.2
// Makes a picture interactive where its page brings the definition along. Without this file, or
// when it fails, the picture that the server drew stays. Expressions are interpreted, not compiled,
// so the content policy of the site holds.

"use strict";

async function enliven(figure) {
  const definition = figure.querySelector("script[type='application/json']");
  const place = figure.querySelector(".picture");
  const live = document.createElement("div");
  try {
    const { title, ...drawn } = JSON.parse(definition.textContent); // the page says the title
    await vegaEmbed(live, drawn, {
      ast: true,
      actions: false,
      defaultStyle: false,
      renderer: "svg",
      tooltip: { disableDefaultStyle: true },
    });
    live.setAttribute("role", "img");
    live.setAttribute("aria-labelledby", figure.getAttribute("aria-labelledby"));
    place.replaceChildren(live);
  } catch (error) {
    console.warn(error);
  }
}

for (const figure of document.querySelectorAll("figure[data-interactive]")) enliven(figure);
document.addEventListener("htmx:afterSettle", (event) => {
  for (const figure of event.detail.elt.querySelectorAll("figure[data-interactive]")) enliven(figure);
});

// SPDX-FileCopyrightText: The Maatwerkbank contributors
// SPDX-License-Identifier: EUPL-1.2
// The few things that a page cannot do by itself. Without this file every page still works.

"use strict";

// A menu closes when one presses Escape or goes elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// On a phone the main menu is one row that moves sideways: the page one is on stands in sight.
const here = document.querySelector(".page-nav [aria-current]");
if (here) {
  const row = here.closest("ul");
  row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}

// After a section is replaced, a refusal or a list of errors in it takes the focus.
document.addEventListener("htmx:afterSettle", (event) => {
  event.detail.elt.querySelector?.("[data-take-focus]")?.focus();
});
document.querySelector("[data-take-focus]")?.focus();

// No answer, or one that is no page: say so, and leave the page as it was.
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, () => {
    const told = document.createElement("p");
    told.className = "utrecht-alert utrecht-alert--error";
    told.setAttribute("role", "alert");
    told.textContent = document.body.dataset.noAnswer;
    const place = document.createElement("div");
    place.className = "width messages";
    place.append(told);
    document.getElementById("messages").replaceChildren(place);
  });
}

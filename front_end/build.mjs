// SPDX-FileCopyrightText: The Maatwerkbank contributors
// SPDX-License-Identifier: EUPL-1.2
// What our pages take from others, from node_modules to the folder that the web application serves.
//
// Takes     the packages of package.json, as `npm ci` laid them down.
// Gives     static/vendor/: nl-design-system.css, htmx.min.js, vega*.min.js and their licences.
// Leaves    our own look to static/maatwerkbank/. Nothing is bundled or rewritten.

import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const vendor = join(here, "..", "src", "maatwerkbank", "web", "static", "vendor");
const wanted = Object.keys(JSON.parse(readFileSync(join(here, "package.json"), "utf8")).dependencies);

const scripts = {
  "htmx.org": "dist/htmx.min.js",
  vega: "build/vega.min.js",
  "vega-lite": "build/vega-lite.min.js",
  "vega-embed": "build/vega-embed.min.js",
};

/** The sheet of a component: for bare elements where it has one, and for its classes. */
function sheets(name) {
  const found = [];
  for (const path of ["dist/html/index.css", "dist/index.css"]) {
    try {
      found.push(readFileSync(join(modules, name, path), "utf8"));
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  return found.join("\n");
}

/** Those lines of the theme that the components use, straight or by way of another token. */
function tokensFor(css) {
  const theme = readFileSync(
    join(modules, "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"),
    "utf8",
  );
  const values = new Map([...theme.matchAll(/^ {2}(--[\w-]+): (.+);/gm)].map(([, k, v]) => [k, v]));
  const used = new Set();
  const waiting = css.match(/--[\w-]+/g);
  while (waiting.length > 0) {
    const token = waiting.pop();
    if (!values.has(token) || used.has(token)) continue;
    used.add(token);
    waiting.push(...(values.get(token).match(/--[\w-]+/g) ?? []));
  }
  return [...values].filter(([k]) => used.has(k)).map(([k, v]) => `  ${k}: ${v};`).join("\n");
}

function licence(name) {
  const told = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
  const file = readdirSync(join(modules, name)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(modules, name, file), "utf8").trim() : "";
  return `${name} ${told.version}: ${told.license}\n\n${text}\n`;
}

rmSync(vendor, { recursive: true, force: true });
mkdirSync(vendor, { recursive: true });
for (const [name, path] of Object.entries(scripts)) {
  copyFileSync(join(modules, name, path), join(vendor, path.split("/").pop()));
}
const components = wanted.filter((name) => name.startsWith("@utrecht/")).map(sheets).join("\n");
const ours = ["theme.css", "look.css"]
  .map((name) => readFileSync(join(vendor, "..", "maatwerkbank", name), "utf8"))
  .join("\n");
writeFileSync(
  join(vendor, "nl-design-system.css"),
  `@layer nl-design-system {\n:root {\n${tokensFor(components + ours)}\n}\n${components}\n}\n`,
);
writeFileSync(join(vendor, "LICENCES.txt"), wanted.map(licence).join(`\n${"-".repeat(78)}\n\n`));

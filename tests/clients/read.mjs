// Prints what one JavaScript reader makes of a calendar given on standard input:
// one JSON line a date, {"start": ISO instant or day, "summary": …}.
// Usage: node read.mjs LIBRARY NODE_MODULES
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [library, folder] = process.argv.slice(2);
const require = createRequire(`${folder}/`);
const text = readFileSync(0, "utf8");

const readers = {
  "ical.js": () => {
    const module = require("ical.js");
    const ICAL = module.default ?? module;
    const calendar = new ICAL.Component(ICAL.parse(text));
    return calendar.getAllSubcomponents("vevent").map((component) => {
      const event = new ICAL.Event(component);
      return describe(event.startDate, event.summary);
    });
  },
  "ical-expander": () => {
    const IcalExpander = require("ical-expander");
    const found = new IcalExpander({ ics: text, maxIterations: 1000 }).all();
    return [...found.events, ...found.occurrences].map((event) =>
      describe(event.startDate, event.summary ?? event.item.summary),
    );
  },
  "node-ical": () =>
    Object.values(require("node-ical").sync.parseICS(text))
      .filter((part) => part.type === "VEVENT")
      .map((event) => ({
        start:
          event.datetype === "date"
            ? event.start.toLocaleDateString("sv-SE")
            : event.start.toISOString(),
        summary: event.summary?.val ?? event.summary,
      })),
};

function describe(time, summary) {
  const start = time.isDate ? time.toString() : time.toJSDate().toISOString();
  return { start, summary };
}

for (const line of readers[library]()) console.log(JSON.stringify(line));

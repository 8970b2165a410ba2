/* Ticks and answers of a guide, kept on this device alone: no cookie, no request.
   The page says everything without this file; what needs it is `hidden` in the HTML.
   Things are known by their translation key, so that moving, translating or rewording
   one keeps its tick. A storage that is refused, full or unreadable costs the memory,
   never the page. */
(() => {
  const guide = document.querySelector("[data-guide]");
  if (!guide) return;

  const name = `hub.guide.${guide.dataset.guide}`;
  const nothing = () => ({ ticks: [], answers: {} });
  let inMemory = nothing();
  let isKept = true;

  const isText = (value) => typeof value === "string";

  /* What was written by another version, or by hand, may have any shape. */
  function readKept(text) {
    try {
      const kept = JSON.parse(text) ?? {};
      return {
        ticks: Array.isArray(kept.ticks) ? kept.ticks.filter(isText) : [],
        answers: Object.fromEntries(
          Object.entries(kept.answers ?? {}).filter(([, answer]) => isText(answer)),
        ),
      };
    } catch {
      return nothing();
    }
  }

  function read() {
    if (!isKept) return inMemory;
    try {
      return readKept(localStorage.getItem(name));
    } catch {
      isKept = false;
      return inMemory;
    }
  }

  function write(state) {
    inMemory = state;
    if (!isKept) return;
    try {
      if (state.ticks.length || Object.keys(state.answers).length) {
        localStorage.setItem(name, JSON.stringify(state));
      } else {
        localStorage.removeItem(name);
      }
    } catch {
      isKept = false;
    }
  }

  /* The checklist: each thing becomes a box with its words as label. */
  const boxes = [];
  for (const thing of document.querySelectorAll("[data-tick]")) {
    const label = document.createElement("label");
    const box = document.createElement("input");
    const words = document.createElement("span");
    box.type = "checkbox";
    /* A browser that brings a page back would tick what the device no longer holds. */
    box.autocomplete = "off";
    words.append(...thing.childNodes);
    label.append(box, words);
    thing.append(label);
    thing.parentElement.classList.replace("things-to-do", "checklist");
    boxes.push([thing.dataset.tick, box]);
    box.addEventListener("change", () => {
      const state = read();
      const others = state.ticks.filter((key) => key !== thing.dataset.tick);
      write({ ...state, ticks: box.checked ? [...others, thing.dataset.tick] : others });
      show();
    });
  }

  const stages = [...document.querySelectorAll("[data-stage-ticks]")];
  const progress = document.querySelector("[data-progress]");
  const count = progress?.querySelector("[data-progress-count]");
  const clear = progress?.querySelector("[data-clear]");
  const ask = progress?.querySelector("[data-clear-ask]");
  const confirmation = progress?.querySelector("[data-clear-confirm]");

  const say = (pattern, done, total) =>
    pattern.replace("{done}", done).replace("{count}", total);

  function show() {
    const { ticks, answers } = read();
    for (const [key, box] of boxes) box.checked = ticks.includes(key);
    let keys = boxes.map(([key]) => key);
    for (const stage of stages) {
      const things = stage.dataset.stageTicks.split(" ");
      const done = things.filter((key) => ticks.includes(key)).length;
      stage.textContent = say(stage.dataset.done, done, things.length);
      stage.hidden = done === 0;
      keys = keys.concat(things);
    }
    if (!progress) return;
    const done = keys.filter((key) => ticks.includes(key)).length;
    const words = [say(count.dataset.done, done, keys.length)];
    if (!isKept) words.push(count.dataset.refused);
    /* Said again only when it changed: the paragraph is a live region. */
    if (count.textContent !== words.join(". ")) count.textContent = words.join(". ");
    ask.hidden = !confirmation.hidden || (!ticks.length && !Object.keys(answers).length);
    /* On the guide's own page, once there is something to say. */
    progress.hidden = boxes.length === 0 && ask.hidden && confirmation.hidden;
  }

  function close(message) {
    confirmation.hidden = true;
    show();
    if (message) {
      progress.hidden = false;
      count.textContent = message;
      count.focus();
    } else {
      clear.focus();
    }
  }

  clear?.addEventListener("click", () => {
    confirmation.hidden = false;
    ask.hidden = true;
    confirmation.querySelector("[data-clear-no]").focus();
  });
  confirmation?.querySelector("[data-clear-no]").addEventListener("click", () => close());
  confirmation?.querySelector("[data-clear-yes]").addEventListener("click", () => {
    write(nothing());
    close(count.dataset.cleared);
  });
  confirmation?.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });

  /* Answers: those of the address are remembered; others are offered, never followed. */
  const given = JSON.parse(guide.dataset.answers);
  const labels = JSON.parse(guide.dataset.labels);
  if (Object.keys(given).length) {
    const state = read();
    write({ ...state, answers: { ...state.answers, ...given } });
  }

  const resume = document.querySelector("[data-resume]");
  function offer() {
    if (!resume) return;
    const known = Object.entries(read().answers).filter(
      ([question, answer]) => labels[question]?.[answer],
    );
    resume.hidden = known.length === 0;
    if (!known.length) return;
    const link = resume.querySelector("a");
    const address = new URL(location.href);
    for (const [question, answer] of known) address.searchParams.set(question, answer);
    const words = known.map(([question, answer]) => labels[question][answer]);
    link.href = address.pathname + address.search;
    link.textContent = `${resume.dataset.resumeLabel} ${words.join(", ")}`;
  }

  /* Another tab ticked or cleared; a null key is the whole storage, cleared. */
  addEventListener("storage", (event) => {
    if (event.key !== name && event.key !== null) return;
    show();
    offer();
  });
  /* A page brought back by “previous” shows what was ticked since. */
  addEventListener("pageshow", (event) => {
    if (event.persisted) { show(); offer(); }
  });

  show();
  offer();
})();

/* Comforts only: each page says and does everything without this file.
   What needs it is `hidden` in the HTML and revealed here. */

const reveal = (element) => { element.hidden = false; };

/* components/theme_switch.html */
const root = document.documentElement;

function chooseTheme(theme) {
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    if (theme === "auto") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    /* Storage is refused: the choice lasts as long as the page. */
  }
}

for (const switcher of document.querySelectorAll("[data-theme-switch]")) {
  const buttons = switcher.querySelectorAll("[data-theme-choice]");
  const showChoice = () => {
    const chosen = root.dataset.theme ?? "auto";
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === chosen));
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      chooseTheme(button.dataset.themeChoice);
      showChoice();
    });
  }
  showChoice();
  reveal(switcher);
}

/* components/copy_button.html: the button names the field it copies. Where the
   clipboard is refused the field's text is selected, ready for the keyboard. */
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const status = document.getElementById(button.dataset.copyStatus);
  if (!field) continue;
  button.addEventListener("click", async () => {
    field.select?.();
    try {
      await navigator.clipboard.writeText(field.value ?? field.textContent.trim());
      status.textContent = button.dataset.copied;
    } catch {
      status.textContent = button.dataset.copyFailed;
    }
  });
  reveal(button);
}

/* components/print_button.html */
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
  reveal(button);
}

/* cms/blocks/embed.html: nothing reaches the third party before this click. */
for (const button of document.querySelectorAll("[data-embed]")) {
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.src = button.dataset.embed;
    frame.title = button.dataset.embedTitle;
    frame.allow = "fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    button.replaceWith(frame);
    frame.focus();
  });
  reveal(button);
}

/* A page that comes back with mistakes starts at their summary. */
document.querySelector("[data-error-summary]")?.focus();

/* Put the chosen theme on <html> before the first paint; without a choice, the
   device's own preference holds (see the tokens of site.css). */
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  /* Storage is refused: the device's preference holds. */
}

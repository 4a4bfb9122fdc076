// Copies a figure as a picture. Without this script, or without the right to use the clipboard, the links to
// PNG and SVG beside it do the same.
"use strict";
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!window.ClipboardItem || !navigator.clipboard || !navigator.clipboard.write) continue;
  button.hidden = false;
  const words = button.textContent;
  button.addEventListener("click", async () => {
    const link = button.parentElement.querySelector("a[href$='.png']");
    const picture = fetch(link.href).then((answer) => answer.blob());
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
      button.textContent = `${words} ✓`;
    } catch {
      link.click();
    }
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}

// What all pages share: buttons that copy, and filters that begin closed where there is little room.
"use strict";

(() => {
  document.querySelectorAll("[data-copy]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
  });
  const filters = document.querySelector("#facets > details");
  if (filters && matchMedia("(max-width: 52rem)").matches) filters.open = false;
})();

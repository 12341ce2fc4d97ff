/* The theme puts the button that copies a piece of code into a <nav>. To a screen reader each would
   be a landmark of the page, and all would have the same name: none. */
(function () {
  "use strict";

  function calm() {
    for (const nav of document.querySelectorAll("nav.md-code__nav:not([role])")) {
      nav.setAttribute("role", "presentation");
    }
  }
  // It does so when the code is seen for the first time.
  new MutationObserver(calm).observe(document.body, { childList: true, subtree: true });
  calm();
})();

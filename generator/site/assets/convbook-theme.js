/* What the theme leaves undone.

   It puts the button that copies a piece of code into a <nav>. To a screen reader each would
   be a landmark of the page, and all would have the same name: none.

   What is wider than its room can be moved sideways with a finger; with the keyboard it can if it can
   be reached. */
(function () {
  "use strict";

  function calm() {
    for (const nav of document.querySelectorAll("nav.md-code__nav:not([role])")) {
      nav.setAttribute("role", "presentation");
    }
  }

  function reach() {
    for (const box of document.querySelectorAll(".cb-equation, .md-typeset__scrollwrap")) {
      box.toggleAttribute("tabindex", false);
      if (box.scrollWidth > box.clientWidth) box.setAttribute("tabindex", "0");
    }
  }
  addEventListener("resize", reach);
  document.fonts.ready.then(reach);
  // A piece that was folded away has its width when it is opened.
  document.addEventListener("toggle", reach, true);
  // It adds buttons and boxes when a piece is seen for the first time.
  let waiting = 0;
  new MutationObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => {
      calm();
      reach();
    });
  }).observe(document.body, { childList: true, subtree: true });
  calm();
  reach();
})();

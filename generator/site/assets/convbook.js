/* The step player: <cb-steps> around the two pictures of a figure, one for wide columns and one for
   phones. What is seen at a step stands in the pictures: data-on="1-3 5". Its buttons are emitted by
   player() in generator/export/_player.py; its look is in convbook-player.css. */
(function () {
  "use strict";

  const PACE = 700; // milliseconds a step; the last one is held twice as long

  class Steps extends HTMLElement {
    connectedCallback() {
      this.says = JSON.parse(this.dataset.says);
      // Of a long film some steps are shown; they keep their numbers.
      this.numbers = this.dataset.numbers?.split(" ") ?? this.says.map((_, place) => place + 1);
      this.of = this.dataset.of ?? this.says.length;
      this.marks = Array.from(this.querySelectorAll("[data-on]"), (mark) => ({
        mark,
        runs: mark.dataset.on.split(" ").map((run) => run.split("-").map(Number)),
      }));
      for (const name of ["previous", "play", "next", "range", "count"]) {
        this[name] = this.querySelector(".cb-" + name);
      }
      this.line = this.querySelector(".cb-says > span");
      // An object is registered once only, however often the page is taken out and put back.
      this.addEventListener("click", this);
      this.addEventListener("input", this);
      // Where a figure is all there is, its keys need no focus.
      this.ear = "page" in this.dataset ? document : this;
      this.ear.addEventListener("keydown", this);
      this.show(Number(this.range.value));
      // The start page shows once that its figure moves.
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      if (this.closest(".cb-start") && !still) this.start(true);
    }

    disconnectedCallback() {
      this.ear.removeEventListener("keydown", this);
      this.stop();
    }

    handleEvent(event) {
      if (event.type === "click") this.pressed(event.target.closest("button"));
      if (event.type === "input") this.walkTo(Number(this.range.value));
      if (event.type === "keydown") this.typed(event);
    }

    pressed(button) {
      if (button === this.previous) this.walkTo(this.step - 1);
      if (button === this.next) this.walkTo(this.step + 1);
      if (button === this.play) this.timer ? this.stop() : this.start();
    }

    typed(event) {
      // The range has arrow keys of its own; with a modifier they belong to the browser.
      if (event.target === this.range || event.altKey || event.ctrlKey || event.metaKey) return;
      const to = {
        ArrowLeft: this.step - 1,
        ArrowRight: this.step + 1,
        Home: 1,
        End: this.says.length,
      }[event.key];
      // A button, and whatever else is focused, has the space bar for itself.
      if (event.key === " " && event.target === document.body) {
        event.preventDefault();
        if (this.play.checkVisibility()) this.pressed(this.play);
      }
      if (to === undefined) return;
      event.preventDefault();
      this.walkTo(to);
    }

    /* The reader has chosen a step: stop playing and go there. */
    walkTo(step) {
      this.stop();
      this.show(Math.min(Math.max(step, 1), this.says.length));
    }

    show(step) {
      this.step = step;
      for (const { mark, runs } of this.marks) {
        const seen = runs.some(([first, last = first]) => first <= step && step <= last);
        mark.toggleAttribute("hidden", !seen);
      }
      this.line.textContent = this.says[step - 1];
      this.count.textContent = `Step ${this.numbers[step - 1]} of ${this.of}`;
      this.range.value = step;
      this.range.setAttribute("aria-valuetext", this.count.textContent);
      // Not "disabled": a button that is, loses the focus and with it the arrow keys.
      this.previous.setAttribute("aria-disabled", step === 1);
      this.next.setAttribute("aria-disabled", step === this.says.length);
    }

    start(once = false) {
      this.playing(true);
      const go = () => {
        const last = this.step === this.says.length;
        if (last && once) return this.stop();
        this.show(last ? 1 : this.step + 1);
        wait();
      };
      const wait = () => {
        const held = this.step === this.says.length ? 2 : 1;
        this.timer = setTimeout(go, PACE * held);
      };
      this.timer = setTimeout(go, this.step === this.says.length ? 0 : PACE / 2);
    }

    stop() {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.playing(false);
    }

    playing(is) {
      this.toggleAttribute("playing", is);
      this.play.setAttribute("aria-label", is ? "Pause" : "Play");
      this.play.title = is ? "Pause" : "Play";
      // A sentence every 700 ms is nothing to listen to.
      this.line.setAttribute("aria-live", is ? "off" : "polite");
    }
  }

  if (!customElements.get("cb-steps")) customElements.define("cb-steps", Steps);
})();

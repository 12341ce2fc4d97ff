/* Practice, 4 of 4: <cb-practice> asks, checks, helps, and remembers in this browser only. What it
   asks lies in practice/<family>/<level>.json beside the pages, see generator/site/practice_files.py. */
(function () {
  "use strict";

  const { field, judge, make, name, nodes } = globalThis.convbook;
  const ID = /^([^.@/\s]+)\.(\d+)@(\d+)\/(.+)$/;
  const ICONS = {
    right: "M5 13l5 5L19 7",
    mistake: "M12 5v9M12 18.5v.5",
    carried: "M5 12h13M13 6l6 6-6 6",
  };

  /* --- what is loaded ------------------------------------------------------------------------ */

  const given = new Map(); // what scripts brought, for pages that are opened as files
  const asked = new Map();
  globalThis.convbook.give = (uri, text) => given.set(uri, text);

  function load(root, uri) {
    const address = root + uri;
    if (!asked.has(address)) {
      const answer = location.protocol === "file:" ? brought(root, uri) : fetched(address);
      asked.set(address, answer);
      answer.catch(() => asked.delete(address)); // so that one may try again
    }
    return asked.get(address);
  }

  async function fetched(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.text();
  }

  function brought(root, uri) {
    return new Promise((resolve, reject) => {
      const script = make("script", { src: `${root}${uri}.js` });
      script.onload = () => resolve(given.get(uri));
      script.onerror = () => reject(new Error(uri));
      document.head.append(script);
    });
  }

  /* Put pictures where they belong; they take the page's inks, by day and by night. */
  function pictures(root, element) {
    for (const figure of element.querySelectorAll("[data-figure]")) {
      const { figure: key, width, height } = figure.dataset;
      figure.style.aspectRatio = `${width} / ${height}`;
      figure.style.maxWidth = `${width}px`;
      load(root, `practice/figures/${key}.svg`).then(
        (svg) => {
          figure.replaceChildren(nodes(svg));
          figure.removeAttribute("style");
          for (const photo of figure.querySelectorAll("image")) {
            photo.setAttribute("href", `${root}practice/figures/${photo.getAttribute("href")}`);
          }
        },
        () => {
          figure.removeAttribute("style");
          figure.replaceChildren(make("p", { class: "cb-faint" }, "This picture could not be loaded."));
        },
      );
    }
  }

  /* --- what is remembered: by family and level [tried, solved, at first try, with help] -------- */

  class Progress {
    constructor(root) {
      this.key = `convbook.practice ${new URL(root, location.href).pathname}`;
      this.kept = true;
      try {
        this.counts = JSON.parse(localStorage.getItem(this.key)) ?? {};
      } catch {
        this.counts = {};
        this.kept = false; // storage is blocked: what was solved is known until the page is left
      }
    }

    of(topic) {
      return this.counts[topic] ?? [0, 0, 0, 0];
    }

    add(topic, places) {
      const counts = [...this.of(topic)];
      for (const place of places) counts[place] += 1;
      this.counts[topic] = counts;
      this.save();
    }

    erase() {
      this.counts = {};
      this.save();
    }

    save() {
      if (!this.kept) return;
      try {
        if (Object.keys(this.counts).length) localStorage.setItem(this.key, JSON.stringify(this.counts));
        else localStorage.removeItem(this.key);
      } catch {
        this.kept = false;
      }
    }
  }

  /* --- one exercise -------------------------------------------------------------------------- */

  class Exercise {
    constructor(practice, family, level, data, variant) {
      Object.assign(this, { practice, family, level, pages: data.pages, variant });
      this.before = variant.parts.map(() => []); // mistakes that were made, part by part
      this.solved = variant.parts.map(() => false);
      this.missed = this.helped = this.tried = false;
      this.element = make("article", { class: "cb-exercise" });
      this.draw(data);
    }

    draw(data) {
      const { variant, family, level } = this;
      const id = name();
      this.rank = Number(this.practice.dataset.heading);
      this.heading = make(`h${this.rank}`, { class: "cb-title", tabindex: "-1", id }, family.title, " ");
      if (family.levels > 1) this.heading.append(make("small", {}, `level ${level}`));
      this.element.setAttribute("aria-labelledby", id);
      const many = variant.parts.length > 1;
      this.parts = variant.parts.map((part, place) => this.part(part, place, many));
      this.hints = make("div", { class: "cb-hints", "aria-live": "polite" });
      this.steps = make("div", { class: "cb-steps", "aria-live": "polite" });
      this.hint = button("Hint", () => this.showHint());
      this.step = button("Solution", () => this.showSteps(1));
      this.all = button("All steps", () => this.showSteps(Infinity));
      this.all.hidden = true;
      this.hint.hidden = !variant.hints?.length;
      this.next = button("Another one", () => this.practice.another(), "cb-next");
      const link = make("a", { href: `#${variant.id}` }, variant.id);
      this.element.append(
        this.heading,
        nodes(variant.prompt),
        ...this.parts,
        this.hints,
        this.steps,
        make("div", { class: "cb-actions" }, this.hint, this.step, this.all, this.next),
        make("p", { class: "cb-id" }, make("span", { class: "cb-hidden" }, "Link to this exercise: "), link),
      );
      const page = this.pages[data.page];
      if (page && !this.practice.isOn(page[0])) {
        link.parentNode.prepend(this.link(page, "Explained in: "), make("br"));
      }
      pictures(this.practice.root, this.element);
    }

    part(part, place, many) {
      const answer = field(part.form);
      const feedback = make("div", { class: "cb-feedback", role: "status" });
      const check = make("button", { class: "cb-button cb-check", type: "submit" }, "Check");
      const form = make("form", { class: "cb-part", novalidate: true, autocomplete: "off" });
      if (many) {
        const letter = String.fromCharCode(97 + place);
        const ask = make("div", { class: "cb-ask" }, make("strong", {}, `${letter})`), make("div", {}, nodes(part.ask ?? "")));
        form.append(ask);
        form.setAttribute("aria-label", `Part ${letter}`);
        check.append(make("span", { class: "cb-hidden" }, ` part ${letter}`));
      } else form.append(nodes(part.ask ?? ""));
      form.append(make("div", { class: "cb-answer" }, answer.element, check), feedback);
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (!this.solved[place]) this.check(place, answer, feedback, check);
      });
      return form;
    }

    check(place, answer, feedback, check) {
      const part = this.variant.parts[place];
      const said = judge(part, answer.given(), this.before);
      answer.mark([]);
      if (said.sort === "empty" || said.sort === "unread") {
        if (said.sort === "unread") answer.mark(said.cells);
        answer.focus(said.cells[0]);
        return tell(feedback, "open", make("p", {}, this.unfinished(said, answer)));
      }
      this.count([0], !this.tried);
      this.tried = true;
      const notes = (said.notes ?? []).map((each) => make("p", { class: "cb-faint" }, each));
      if (said.sort === "right") {
        this.solved[place] = true;
        answer.lock();
        check.hidden = true;
        const open = this.solved.indexOf(false);
        tell(feedback, "right", make("p", {}, open < 0 ? this.praise() : this.goOn(open)), ...notes);
        if (open < 0) this.finish();
        else this.parts[open].querySelector("input").focus();
        return undefined;
      }
      this.missed = true;
      if (this.isChoice(answer)) answer.mark(said.cells);
      if (said.mistake) this.before[place].push(said.mistake.value);
      return tell(feedback, said.sort, ...this.wrong(said, answer), ...notes);
    }

    unfinished({ sort, cells }, answer) {
      if (this.isChoice(answer)) return "Choose one first.";
      if (sort === "unread") {
        return `“${answer.given()[cells[0]].trim()}” is not understood as a number. Write it like 12, −3, 2.5 or 1/16.`;
      }
      if (answer.inputs.length === 1) return "Write an answer first.";
      return cells.length === 1 ? "1 number is still missing." : `${cells.length} numbers are still missing.`;
    }

    isChoice(answer) {
      return !Array.isArray(answer.given());
    }

    goOn(open) {
      return `Right. Now part ${String.fromCharCode(97 + open)}.`;
    }

    praise() {
      if (this.helped) return "Right.";
      return this.missed ? "Right, now it fits." : "Right, at first try.";
    }

    wrong({ sort, mistake, cells }, answer) {
      const said = [];
      if (mistake) {
        mistake.says.split(" Or: ").forEach((text, i) => {
          const line = make("p", {}, i ? "Or: " : "", nodes(text));
          const verdict = sort === "carried" ? "Carried forward." : "Not yet.";
          if (!i) line.prepend(make("strong", {}, verdict), " ");
          said.push(line);
        });
        if (sort === "carried") said.push(make("p", {}, "Mend the earlier part, then this one."));
        if (mistake.figure) {
          const shown = make("div", {}, nodes(mistake.figure));
          pictures(this.practice.root, shown);
          said.push(shown);
        }
        const page = this.pages[mistake.page];
        if (page && !this.practice.isOn(page[0])) said.push(make("p", {}, this.link(page, "Read again: ")));
        return said;
      }
      const line = make("p", {}, make("strong", {}, "Not yet."));
      said.push(line);
      if (Array.isArray(answer.given()) && answer.inputs.length > 1) {
        line.append(cells.length === 1 ? " 1 number is wrong." : ` ${cells.length} numbers are wrong.`);
        const which = button(cells.length === 1 ? "Which one?" : "Which ones?", () => {
          answer.mark(cells);
          which.replaceWith(make("span", {}, `Wrong: ${cells.map((cell) => answer.named(cell)).join("; ")}.`));
          answer.focus(cells[0]);
        });
        said.push(make("p", {}, which));
      }
      said.push(this.offer());
      return said;
    }

    /* Offer the help that is left. */
    offer() {
      const [text, act] = !this.hint.hidden
        ? ["Show a hint", () => this.showHint()]
        : ["Show the solution, step by step", () => this.showSteps(1)];
      if (this.step.hidden) return make("p", {}, "Compare with the solution below.");
      const help = button(text, () => {
        help.parentNode.remove();
        act();
        (this.hint.hidden ? this.step : this.hint).focus();
      });
      return make("p", {}, help);
    }

    link([url, title], lead) {
      return make("span", {}, lead, make("a", { href: this.practice.root + url }, title));
    }

    showHint() {
      const shown = this.hints.childElementCount;
      const hint = make("div", { class: "cb-hint" }, make("strong", {}, `Hint ${shown + 1}`), nodes(this.variant.hints[shown]));
      this.hints.append(hint);
      pictures(this.practice.root, hint);
      this.help();
      this.hint.textContent = "Another hint";
      if (shown + 1 < this.variant.hints.length) return;
      this.hint.hidden = true;
      if (document.activeElement === document.body) this.step.focus();
    }

    showSteps(count) {
      const { steps } = this.variant;
      if (!this.steps.firstChild) this.steps.append(make(`h${this.rank + 1}`, { class: "cb-subtitle" }, "Solution"), make("ol", { class: "cb-solution" }));
      const list = this.steps.lastChild;
      const from = list.childElementCount;
      for (const html of steps.slice(from, from + count)) list.append(make("li", {}, nodes(html)));
      pictures(this.practice.root, list);
      this.help();
      this.hint.hidden = true;
      const left = steps.length - list.childElementCount;
      this.step.textContent = `Next step (${steps.length - left + 1} of ${steps.length})`;
      this.step.hidden = !left;
      this.all.hidden = left < 2;
      if (!left) this.element.classList.add("cb-done");
      if (!left && document.activeElement === document.body) this.next.focus();
    }

    help() {
      if (!this.solved.includes(false)) return; // to compare afterwards is no help
      this.helped = true;
    }

    finish() {
      this.element.classList.add("cb-done");
      this.hint.hidden = true;
      const more = this.helped ? [3] : this.missed ? [] : [2];
      this.count([1, ...more], true);
      this.next.focus({ preventScroll: true });
    }

    count(places, isNew) {
      if (isNew) this.practice.count(this, places);
    }
  }

  function button(text, act, classes = "") {
    const element = make("button", { type: "button", class: `cb-button ${classes}`.trim() }, text);
    element.addEventListener("click", act);
    return element;
  }

  function tell(feedback, sort, ...children) {
    const drawn = ICONS[sort] ?? ICONS.mistake;
    const icon = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${drawn}"/></svg>`;
    feedback.className = `cb-feedback cb-${sort}`;
    feedback.replaceChildren(nodes(icon), make("div", {}, ...children));
  }

  /* --- the element --------------------------------------------------------------------------- */

  class Practice extends HTMLElement {
    connectedCallback() {
      if (this.trainer) return;
      this.root = `${this.dataset.root}/`;
      this.families = JSON.parse(this.dataset.families);
      this.level = Number(this.dataset.level);
      this.subject = this.only = ""; // nothing is left out
      this.progress = new Progress(this.root);
      this.places = new Map(); // the variant that is next, by family and level
      this.counted = new Set();
      this.turn = -1;
      window.addEventListener("hashchange", () => this.follow());
      if (this.follow()) return;
      // Nothing is loaded before somebody comes near.
      const near = new IntersectionObserver(
        (entries) => {
          if (!entries.some((entry) => entry.isIntersecting)) return;
          near.disconnect();
          if (!this.trainer) this.start();
        },
        { rootMargin: "600px" },
      );
      near.observe(this);
    }

    /* Go to the exercise in the address, if there is one. */
    follow() {
      const id = ID.exec(decoded(location.hash.slice(1)));
      if (!id || id[0] === this.exercise?.variant.id) return false;
      const family = this.families.find((each) => each.name === id[1]);
      if (!family) {
        if ("all" in this.dataset) this.start(`There is no exercise “${id[1]}” here. This one may do instead.`, true);
        return "all" in this.dataset;
      }
      const level = Math.min(Math.max(Number(id[2]), 1), family.levels);
      this.level = level;
      this.only = this.families.length > 1 ? family.name : "";
      this.subject = "";
      this.open(family, level, { id: id[0], version: Number(id[3]), scroll: true });
      return true;
    }

    async start(notice = "", scroll = false) {
      const family = this.pick();
      await this.open(family, this.level, { notice, scroll });
    }

    /* The next family of those that were chosen: in order on a topic's page, else at random. */
    pick() {
      const chosen = this.chosen();
      if (!("all" in this.dataset)) {
        this.turn += 1;
        return chosen[this.turn % chosen.length];
      }
      const others = chosen.filter((each) => each !== this.exercise?.family);
      const from = others.length ? others : chosen;
      return from[Math.floor(Math.random() * from.length)];
    }

    chosen() {
      return this.families.filter(
        (each) =>
          (!this.subject || each.subject === this.subject) && (!this.only || each.name === this.only),
      );
    }

    async another() {
      const family = this.pick();
      await this.open(family, this.level, { write: true });
      this.exercise?.heading.focus({ preventScroll: true });
      this.exercise?.element.scrollIntoView({ block: "nearest" });
    }

    /* Show an exercise: the one of an id, else the next of its family. */
    async open(family, wanted, { id = "", version = 0, notice = "", scroll = false, write = false }) {
      const level = Math.min(wanted, family.levels);
      const order = (this.order = (this.order ?? 0) + 1);
      let data;
      try {
        data = JSON.parse(await load(this.root, `practice/${family.name}/${level}.json`));
      } catch {
        if (order === this.order) this.fail(() => this.open(family, wanted, { id, version, notice, scroll, write }));
        return;
      }
      if (order !== this.order) return; // something else was asked for meanwhile
      const at = id ? data.variants.findIndex((each) => each.id === id) : -1;
      const key = `${family.name}.${level}`;
      const first = this.progress.of(key)[0] % data.variants.length;
      const place = at < 0 ? (this.places.get(key) ?? first) : at;
      this.places.set(key, (place + 1) % data.variants.length);
      const said = id && at < 0 ? missing(id, version, family) : notice;
      this.show(new Exercise(this, family, level, data, data.variants[place]), said);
      if (write) history.replaceState(history.state, "", `#${this.exercise.variant.id}`);
      if (scroll) {
        this.scrollIntoView({ block: "start" });
        this.exercise.heading.focus({ preventScroll: true });
      }
    }

    show(exercise, notice) {
      if (!this.trainer) this.build();
      this.exercise?.element.remove();
      this.exercise = exercise;
      this.notice.replaceChildren(...(notice ? [make("p", {}, notice)] : []));
      this.notice.after(exercise.element);
      this.settle();
      this.tally();
    }

    fail(again) {
      if (!this.trainer) this.build();
      const line = make("p", {}, "The exercises could not be loaded. ", button("Try again", again));
      this.notice.replaceChildren(line);
    }

    /* Put up what stays from exercise to exercise. */
    build() {
      this.notice = make("div", { class: "cb-notice", role: "status" });
      this.score = make("div", { class: "cb-progress" });
      this.choice = make("div", { class: "cb-choose" });
      if (this.families.length > 1) {
        const subjects = [...new Set(this.families.map((each) => each.subject))];
        if ("all" in this.dataset && subjects.length > 1) {
          this.subjects = select("Topic", [["", "All topics"], ...subjects.map((each) => [each, each])]);
          this.subjects.box.addEventListener("change", () => this.narrow(this.subjects.box.value, ""));
          this.choice.append(this.subjects.element);
        }
        this.names = select("Exercise", []);
        this.names.box.addEventListener("change", () => this.narrow(this.subject, this.names.box.value));
        this.choice.append(this.names.element);
      }
      const most = Math.max(...this.families.map((each) => each.levels));
      if (most > 1) {
        const group = name();
        this.levels = Array.from({ length: most }, (_, i) =>
          make("input", { type: "radio", name: group, id: `${group}-${i}`, value: i + 1 }),
        );
        const boxes = this.levels.flatMap((input, i) => [input, make("label", { for: input.id }, String(i + 1))]);
        const set = make("fieldset", { class: "cb-levels" }, make("legend", {}, "Level"), make("div", {}, ...boxes));
        set.addEventListener("change", (event) => {
          this.level = Number(event.target.value);
          this.narrow(this.subject, this.only);
        });
        this.choice.append(set);
      }
      this.trainer = make("div", { class: "cb-trainer" }, this.choice, this.notice, this.score);
      this.append(this.trainer);
      this.setAttribute("live", "");
    }

    narrow(subject, only) {
      this.subject = subject;
      this.only = only;
      this.turn = -1;
      this.open(this.pick(), this.level, { write: true });
    }

    /* Let the choices say what is chosen. */
    settle() {
      if (this.subjects) this.subjects.box.value = this.subject;
      if (this.names) {
        const within = this.families.filter((each) => !this.subject || each.subject === this.subject);
        const options = within.map((each) => make("option", { value: each.name }, each.title));
        this.names.box.replaceChildren(make("option", { value: "" }, "Mixed"), ...options);
        this.names.box.value = this.only;
      }
      for (const input of this.levels ?? []) input.checked = Number(input.value) === this.level;
    }

    count(exercise, places) {
      const { id } = exercise.variant;
      const isTry = places.includes(0);
      // An exercise that comes again counts once as long as the page is open.
      if (this.counted.has(`${id} ${isTry}`)) return;
      this.counted.add(`${id} ${isTry}`);
      this.progress.add(`${exercise.family.name}.${exercise.level}`, places);
      this.tally();
    }

    tally() {
      const { family, level } = this.exercise;
      const [tried, solved, first, helped] = this.progress.of(`${family.name}.${level}`);
      const any = Object.keys(this.progress.counts).length;
      this.score.hidden = !any;
      if (!any) return this.score.replaceChildren();
      const parts = [`${solved} of ${tried} solved`];
      if (first) parts.push(`${first} at first try`);
      if (helped) parts.push(`${helped} with help`);
      const where = family.levels > 1 ? `${family.title}, level ${level}` : family.title;
      const kept = this.progress.kept ? "Kept in this browser only." : "Kept until you leave this page.";
      const erase = button("Erase my progress", () => this.erase(erase), "cb-erase");
      const line = tried ? `${where}: ${parts.join(", ")}. ${kept}` : `${where}: none tried yet. ${kept}`;
      return this.score.replaceChildren(make("p", {}, line), erase);
    }

    /* Erasing takes two presses, so that nobody loses a week of work to a slip. */
    erase(pressed) {
      if (pressed.textContent !== "Really erase all of it") {
        pressed.textContent = "Really erase all of it";
        pressed.addEventListener("blur", () => (pressed.textContent = "Erase my progress"), { once: true });
        return;
      }
      this.progress.erase();
      this.counted.clear();
      this.tally();
      this.notice.replaceChildren(make("p", {}, "Your progress is erased."));
      this.exercise.heading.focus({ preventScroll: true });
    }

    /* Whether an address is this very page: it needs no link to itself. */
    isOn(url) {
      const plain = (address) => address.pathname.replace(/index\.html$/, "");
      return plain(new URL(this.root + url, location.href)) === plain(location);
    }
  }

  function select(label, options) {
    const id = name();
    const box = make("select", { id }, ...options.map(([value, text]) => make("option", { value }, text)));
    return { box, element: make("div", { class: "cb-select" }, make("label", { for: id }, label), box) };
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return "";
    }
  }

  function missing(id, version, family) {
    if (version !== family.version) {
      return `${id} was made with version ${version} of this exercise; this site has version ${family.version}, which may ask something else. Practise one like it here.`;
    }
    return `${id} is on your sheet and not among the exercises of this page. Practise one like it here.`;
  }

  if (!customElements.get("cb-practice")) customElements.define("cb-practice", Practice);
})();

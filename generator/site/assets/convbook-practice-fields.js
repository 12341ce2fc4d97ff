/* Practice, 3 of 4: where an answer is typed. Each field gives its element, what was given, and
   marks the cells that are wrong. */
(function () {
  "use strict";

  const convbook = globalThis.convbook;
  let count = 0;

  /* Return a name no other element has. */
  function name() {
    count += 1;
    return `cb-practice-${count}`;
  }

  /* Return an element; attributes that are false or undefined are left out. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== undefined) element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== undefined));
    return element;
  }

  /* Return HTML of ours as nodes. */
  function nodes(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
  }

  function textbox(attributes) {
    return make("input", {
      type: "text",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      maxlength: 40,
      ...attributes,
    });
  }

  /* What all fields of text have in common. */
  class Texts {
    given() {
      return this.inputs.map((input) => input.value);
    }

    mark(cells) {
      this.inputs.forEach((input, i) => {
        if (cells.includes(i)) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
      });
    }

    focus(cell = 0) {
      this.inputs[cell].focus();
      this.inputs[cell].select();
    }

    lock() {
      for (const input of this.inputs) input.readOnly = true;
    }
  }

  class OneNumber extends Texts {
    constructor({ unit, places }) {
      super();
      const id = name();
      const said = places === undefined ? [] : [places === 1 ? "1 decimal place" : `${places} decimal places`];
      const notes = unit ? [unit, ...said] : said;
      const note = notes.length ? make("span", { id: `${id}-unit`, class: "cb-unit" }, notes.join(", ")) : undefined;
      this.inputs = [textbox({ id, "aria-describedby": note?.id })];
      this.element = make(
        "div",
        { class: "cb-field" },
        make("label", { for: id }, "Answer"),
        this.inputs[0],
        note,
      );
    }

    named() {
      return "the answer";
    }
  }

  class Several extends Texts {
    constructor({ labels }) {
      super();
      this.labels = labels;
      this.inputs = labels.map(() => textbox({ id: name() }));
      const fields = this.inputs.map((input, i) =>
        make("div", { class: "cb-field" }, make("label", { for: input.id }, labels[i]), input),
      );
      this.element = make("div", { class: "cb-several", role: "group", "aria-label": "Answer" }, ...fields);
    }

    named(cell) {
      return this.labels[cell];
    }
  }

  /* A matrix is walked with arrow keys and Enter, and pasted from a spreadsheet or from Python. */
  class Matrix extends Texts {
    constructor({ name: title, size: [rows, columns] }) {
      super();
      this.rows = rows;
      this.columns = columns;
      this.inputs = Array.from({ length: rows * columns }, (_, i) =>
        textbox({ "aria-label": this.named(i) }),
      );
      const edge = (text) => make("th", { "aria-hidden": "true" }, String(text));
      const head = make("tr", {}, make("td"));
      for (let j = 1; j <= columns; j += 1) head.append(edge(j));
      const body = make("tbody");
      for (let i = 0; i < rows; i += 1) {
        const row = make("tr", {}, edge(i + 1));
        for (let j = 0; j < columns; j += 1) row.append(make("td", {}, this.inputs[i * columns + j]));
        body.append(row);
      }
      const caption = make("caption", {}, make("span", {}, title), " ", make("small", {}, `${rows} × ${columns}`));
      const wide = columns > 5 ? " cb-tight" : "";
      const table = make("table", { class: `cb-grid cb-fill${wide}`, role: "group", "aria-label": title });
      table.style.setProperty("--columns", columns);
      table.append(caption, make("thead", {}, head), body);
      for (const part of table.querySelectorAll("thead, tbody, tr, td")) part.setAttribute("role", "presentation");
      this.element = make("div", { class: "cb-typed" }, table);
      this.element.addEventListener("keydown", (event) => this.walk(event));
      this.element.addEventListener("paste", (event) => this.paste(event));
    }

    named(cell) {
      return `row ${Math.floor(cell / this.columns) + 1}, column ${(cell % this.columns) + 1}`;
    }

    walk(event) {
      const at = this.inputs.indexOf(event.target);
      if (at < 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const { selectionStart, selectionEnd, value } = event.target;
      const all = selectionStart === 0 && selectionEnd === value.length;
      const column = at % this.columns;
      const to = {
        ArrowUp: at - this.columns,
        ArrowDown: at + this.columns,
        // Inside a number the arrows belong to the text.
        ArrowLeft: (all || selectionEnd === 0) && column > 0 ? at - 1 : undefined,
        ArrowRight:
          (all || selectionStart === value.length) && column < this.columns - 1 ? at + 1 : undefined,
        // Enter writes on; behind the last cell it checks.
        Enter: at < this.inputs.length - 1 ? at + 1 : undefined,
      }[event.key];
      if (to === undefined || !this.inputs[to]) return;
      event.preventDefault();
      this.focus(to);
    }

    paste(event) {
      const at = this.inputs.indexOf(event.target);
      const rows = cut(event.clipboardData.getData("text"));
      if (at < 0 || (rows.length === 1 && rows[0].length === 1)) return;
      event.preventDefault();
      const top = Math.floor(at / this.columns);
      const left = at % this.columns;
      rows.forEach((row, i) =>
        row.forEach((text, j) => {
          if (top + i < this.rows && left + j < this.columns) {
            this.inputs[(top + i) * this.columns + left + j].value = text;
          }
        }),
      );
    }
  }

  /* The cells of a text: [[1, 2], [3, 4]], lines with tabs, semicolons or blanks between. */
  function cut(text) {
    const said = text.trim();
    if (said.startsWith("[")) {
      const rows = said.replace(/^\[\s*\[?|\]?\s*\]$/g, "").split(/\]\s*,?\s*\[/);
      return rows.map((row) => row.split(/[\s,;]+/).filter(Boolean));
    }
    return said.split(/\r\n?|\n/).map((row) => {
      const gap = row.includes("\t") ? "\t" : row.includes(";") ? ";" : /\s+/;
      return row.trim().split(gap).map((each) => each.trim());
    });
  }

  class Choice {
    constructor({ options }) {
      const group = name();
      this.inputs = options.map((_, i) =>
        make("input", { type: "radio", name: group, id: `${group}-${i}`, value: i + 1, "aria-labelledby": `${group}-${i}-letter ${group}-${i}-text` }),
      );
      // What an option shows may be a table or a picture, which no label may hold.
      const shown = options.map((html, i) => {
        const letter = make("label", { for: `${group}-${i}`, id: `${group}-${i}-letter` }, String.fromCharCode(65 + i));
        const text = make("div", { id: `${group}-${i}-text`, class: "cb-shown" }, nodes(html));
        const option = make("div", { class: "cb-option" }, this.inputs[i], letter, text);
        option.addEventListener("click", (event) => {
          if (event.target.closest("input, label, a") || this.inputs[i].disabled) return;
          this.inputs[i].click();
          this.inputs[i].focus();
        });
        return option;
      });
      const big = options.some((html) => /<(table|figure|ol)/.test(html)) ? " cb-big" : "";
      this.element = make("div", { class: `cb-options${big}`, role: "radiogroup", "aria-label": "Answer" }, ...shown);
    }

    given() {
      return this.inputs.findIndex((input) => input.checked) + 1;
    }

    mark(cells) {
      this.inputs.forEach((input, i) => {
        input.parentNode.classList.toggle("cb-missed", cells.includes(i) && input.checked);
      });
    }

    focus() {
      (this.inputs.find((input) => input.checked) ?? this.inputs[0]).focus();
    }

    lock() {
      for (const input of this.inputs) {
        input.disabled = !input.checked;
        input.parentNode.classList.toggle("cb-met", input.checked);
      }
    }

    named() {
      return "an option";
    }
  }

  const FIELDS = { number: OneNumber, several: Several, matrix: Matrix, choice: Choice };

  convbook.field = (form) => new FIELDS[form.sort](form);
  convbook.make = make;
  convbook.name = name;
  convbook.nodes = nodes;
})();

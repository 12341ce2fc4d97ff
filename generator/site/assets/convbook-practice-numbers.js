/* Practice, 1 of 4: numbers as people type them, read exactly.

   Understood are 12, +3, -3 and −3, 2.5 and 2,5, 1/16, ½, 2 1/2, and thousands in groups of three:
   18 496, 18,496, 18.496, 1,234,567.5. One comma or point before three digits can mean two things;
   read() then gives both, and who checks decides which was meant. */
(function () {
  "use strict";

  const convbook = (globalThis.convbook ??= {});

  /* An exact number: n / d in lowest terms, d above 0. */
  function rational(n, d = 1n) {
    const sign = d < 0n ? -1n : 1n;
    const by = sign * (divisor(n, d) || 1n);
    return { n: n / by, d: d / by };
  }

  function divisor(a, b) {
    a = a < 0n ? -a : a;
    b = b < 0n ? -b : b;
    while (b) [a, b] = [b, a % b];
    return a;
  }

  /* An answer of ours: "-3", "1/16". */
  function exact(text) {
    const [n, d = "1"] = text.split("/");
    return rational(BigInt(n), BigInt(d));
  }

  function equal(a, b) {
    return a.n === b.n && a.d === b.d;
  }

  /* Whether two numbers count as one; if rounded, one unit of the last place makes no difference. */
  function same(a, b, places) {
    if (places === undefined) return equal(a, b);
    const distance = a.n * b.d - b.n * a.d;
    return (distance < 0n ? -distance : distance) * 10n ** BigInt(places) <= a.d * b.d;
  }

  /* A number as a reader sees it: a decimal if it ends soon, else a fraction. */
  function shown(number) {
    const minus = number.n < 0n ? "−" : "";
    const n = number.n < 0n ? -number.n : number.n;
    const scaled = n * 1000000n;
    if (scaled % number.d) return `${minus}${n}/${number.d}`;
    const digits = String(scaled / number.d).padStart(7, "0");
    return minus + `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, "");
  }

  /* What a person may mean by a text: some numbers, the likelier first; none if it is no number.
     `words` may stand behind it, such as the unit. */
  function read(text, words = "") {
    let said = tidy(text);
    const unit = words.trim().toLowerCase();
    if (unit && said.toLowerCase().endsWith(unit)) said = said.slice(0, -unit.length).trim();
    const signed = /^([+-]?) ?(.*)$/.exec(said);
    const sign = signed[1] === "-" ? -1n : 1n;
    return plain(signed[2]).map(({ n, d }) => rational(sign * n, d));
  }

  function tidy(text) {
    return text
      .replace(/[\u00bc-\u00be\u2150-\u215e]/g, " $&") // 2½ is two and a half, not 21 halves
      .normalize("NFKC")
      .replace(/[\u2010-\u2015\u2212]/g, "-")
      .replace(/\u2044/g, "/")
      .replace(/[\s\u200b]+/g, " ")
      .trim();
  }

  /* Readings of a number without sign. */
  function plain(text) {
    const fraction = /^(?:(\d+) )?(\d+) ?\/ ?(\d+)$/.exec(text);
    if (fraction) {
      const [whole, n, d] = fraction.slice(1).map((digits) => BigInt(digits ?? 0));
      return d ? [rational(whole * d + n, d)] : [];
    }
    const groups = "\\d{1,3}(?:S\\d{3})";
    // Groups of three that can be nothing else.
    for (const [gap, point] of [[" ", "[.,]"], [",", "\\."], ["\\.", ","], ["['’]", "[.,]"]]) {
      const many = groups.replace("S", gap);
      const certain = gap === " " || gap === "['’]" ? `${many}+` : `${many}{2,}`;
      const pattern = `^(?:${certain}|${many}+(?=${point}))(?:${point}(\\d+))?$`;
      const match = new RegExp(pattern).exec(text);
      if (match) {
        const whole = text.slice(0, text.length - (match[1] ? match[1].length + 1 : 0));
        return [decimal(whole.replace(/\D/g, ""), match[1] ?? "")];
      }
    }
    const match = /^(\d*)(?:[.,](\d*))?$/.exec(text);
    if (!match || !(match[1] || match[2])) return [];
    const readings = [decimal(match[1], match[2] ?? "")];
    if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(text)) readings.push(decimal(match[1] + match[2], ""));
    return readings;
  }

  function decimal(whole, rest) {
    return rational(BigInt(whole + rest || "0"), 10n ** BigInt(rest.length));
  }

  convbook.numbers = { equal, exact, read, same, shown };
})();

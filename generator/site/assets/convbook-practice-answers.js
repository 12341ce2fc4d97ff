/* Practice, 2 of 4: is it right, and if not, what does it tell? Knows no page. */
(function () {
  "use strict";

  const { exact, read, same, shown } = globalThis.convbook.numbers;

  /* Return what an answer is worth.

     part      what is asked: form, answer, also, mistakes
     given     a number from 1 on for a choice, else texts in reading order
     before    of each earlier part the values of the mistakes that were made there

     sort is "empty", "unread", "right", "carried", "mistake" or "wrong"; cells are the places that
     are empty, unread or wrong; notes say how something was read that can be read in two ways. */
  function judge(part, given, before = []) {
    if (part.form.sort === "choice") return chosen(part, given, before);
    const empty = places(given, (text) => !text.trim());
    if (empty.length) return { sort: "empty", cells: empty };
    const readings = given.map((text) => read(text, part.form.unit));
    const unread = places(readings, (each) => !each.length);
    if (unread.length) return { sort: "unread", cells: unread };
    const rounded = part.form.places;
    const fits = (i, wanted) => readings[i].find((number) => same(number, wanted, rounded));
    const misfits = (value) => places(flat(value).map(exact), (wanted, i) => !fits(i, wanted));
    const matches = (value) => alike(value, part.answer) && !misfits(value).length;
    const right = [part.answer, ...(part.also ?? [])];
    const met = right.find(matches);
    const mistake = met ? undefined : known(part, matches, before);
    const meant = flat(met ?? mistake?.value ?? part.answer).map(exact);
    const notes = places(readings, (each) => each.length > 1).map((i) => {
      const whole = meant[i].d === 1n;
      const taken = fits(i, meant[i]) ?? readings[i][whole ? 1 : 0];
      return `“${given[i].trim()}” is read as ${shown(taken)}.`;
    });
    if (met) return { sort: "right", cells: [], notes };
    const wrong = right.map(misfits).sort((a, b) => a.length - b.length)[0];
    return { ...told(mistake), cells: wrong, notes };
  }

  function chosen(part, given, before) {
    if (!given) return { sort: "empty", cells: [0] };
    const value = String(given);
    if ([part.answer, ...(part.also ?? [])].includes(value)) return { sort: "right", cells: [], notes: [] };
    return { ...told(known(part, (each) => each === value, before)), cells: [given - 1], notes: [] };
  }

  function told(mistake) {
    if (!mistake) return { sort: "wrong" };
    return { sort: mistake.carried ? "carried" : "mistake", mistake };
  }

  /* The mistake that explains an answer. What follows from an earlier mistake counts only for who
     has made that one. */
  function known(part, matches, before) {
    const made = ([place, value]) => before[place]?.some((each) => equals(each, value));
    return (part.mistakes ?? []).find(
      (each) => matches(each.value) && (!each.carried || each.carried.some(made)),
    );
  }

  function equals(a, b) {
    return JSON.stringify(a) === JSON.stringify(b);
  }

  /* Whether two values have the same shape. */
  function alike(a, b) {
    if (!Array.isArray(a) || !Array.isArray(b)) return Array.isArray(a) === Array.isArray(b);
    return a.length === b.length && a.every((each, i) => alike(each, b[i]));
  }

  function flat(value) {
    return [value].flat(Infinity);
  }

  function places(list, test) {
    return list.flatMap((each, i) => (test(each, i) ? [i] : []));
  }

  globalThis.convbook.judge = judge;
})();

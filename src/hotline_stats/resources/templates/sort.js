// Tables of the report are sorted by a click on the head of a column: down or up, then as they stood.
"use strict";
document.querySelectorAll("table").forEach((table) => {
  const body = table.tBodies[0];
  const rows = [...body.rows].filter((row) => !row.classList.contains("last"));
  if (rows.length < 3) return;
  const last = [...body.rows].filter((row) => row.classList.contains("last"));
  const heads = [...table.tHead.rows[0].cells];
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const value = (row, at) => {
    const cell = row.cells[at];
    return heads[at].classList.contains("n") ? (cell.dataset.v === undefined ? null : Number(cell.dataset.v)) : cell.textContent;
  };
  const compare = (at, sign) => (a, b) => {
    const [x, y] = [value(a, at), value(b, at)];
    if (x === null || y === null) return (x === null) - (y === null);
    return sign * (typeof x === "number" ? x - y : words.compare(x, y));
  };
  heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const first = head.classList.contains("n") ? "descending" : "ascending";
      const was = head.getAttribute("aria-sort");
      const now = !was ? first : was === first ? (first === "ascending" ? "descending" : "ascending") : null;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      if (now) head.setAttribute("aria-sort", now);
      const sorted = now ? [...rows].sort(compare(at, now === "ascending" ? 1 : -1)) : rows;
      body.append(...sorted, ...last);
    });
  });
});

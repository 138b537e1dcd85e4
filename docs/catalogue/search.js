// Searches the catalogue on the page itself: no server, nothing sent anywhere.
"use strict";
(function () {
  const form = document.querySelector("form.search");
  const field = document.getElementById("search");
  const list = document.getElementById("search-results");
  const count = document.getElementById("search-count");
  const index = window.dijkwachtIndex;
  if (!form || !index) return;
  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  field.addEventListener("input", function () {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (words.length === 0) { count.textContent = ""; return; }
    const found = [];
    for (const row of index) {
      const head = (row[0] + " " + row[1]).toLowerCase();
      let score = 0;
      const all = words.every(function (word) {
        if (head.includes(word)) { score += 10; return true; }
        if (row[4].includes(word)) { score += 1; return true; }
        return false;
      });
      if (all) found.push([score, row]);
    }
    found.sort(function (a, b) { return b[0] - a[0]; });
    count.textContent = found.length + " " + count.dataset.found;
    for (const [, row] of found.slice(0, 50)) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = row[3];
      link.textContent = row[0] + " " + row[1];
      item.append(link, " – " + row[2]);
      list.append(item);
    }
  });
})();

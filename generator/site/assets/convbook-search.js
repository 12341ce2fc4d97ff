/* The theme fetches the index of its search with every page, though few readers search on every page.
   It is the heaviest file of most pages. Here its request waits until the search is opened, or until
   the address says that something was searched for. */
(function () {
  "use strict";

  const asked = new URLSearchParams(location.search);
  const wanted = new Promise((resolve) => {
    if (asked.has("q") || asked.has("h")) resolve();
    document.addEventListener("focusin", (event) => {
      if (event.target.matches("[data-md-component=search-query]")) resolve();
    });
  });

  window.XMLHttpRequest = class extends XMLHttpRequest {
    open(method, address, ...rest) {
      this.waits = String(address).endsWith("/search/search_index.json");
      super.open(method, address, ...rest);
    }

    send(body) {
      if (this.waits) wanted.then(() => super.send(body));
      else super.send(body);
    }
  };
})();

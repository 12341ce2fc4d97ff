/* The theme fetches its search and the index of it with every page, though few readers search on every
   page. The index is the heaviest file of most pages. Here both wait until the search is opened, or
   until the address says that something was searched for. */
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

  const Real = window.Worker;
  window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      this.real = wanted.then(() => {
        const real = new Real(address);
        real.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
        return real;
      });
    }

    postMessage(data) {
      this.real.then((real) => real.postMessage(data));
    }

    terminate() {
      this.real.then((real) => real.terminate());
    }
  };
})();

/* The search of the theme runs in a worker, and a page that is opened as a file may start none.
   Here a hidden frame stands in for it: the same script, the same messages, in the page's own thread.
   Nothing is written into the frame but empty HTML, so that the policy of the page holds there too. */
(function () {
  "use strict";
  if (location.protocol !== "file:") return;

  function loaded(frame, address) {
    return new Promise((resolve, reject) => {
      const script = frame.document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = () => reject(new Error(address));
      frame.document.body.append(script);
    });
  }

  // The theme's script asks for this name to learn where it runs.
  window.IFrameWorker = class extends EventTarget {
    constructor(address) {
      super();
      this.element = document.createElement("iframe");
      this.element.hidden = true;
      document.body.append(this.element);
      const frame = this.element.contentWindow;
      // Some browsers would fetch the empty page later, and throw away what had been set.
      frame.document.open();
      frame.document.write("<!doctype html><title>Search</title><body>");
      frame.document.close();
      frame.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      frame.importScripts = (...addresses) =>
        addresses.reduce(
          (before, each) => before.then(() => loaded(frame, each)),
          Promise.resolve(),
        );
      this.frame = frame;
      this.ready = loaded(frame, address);
    }

    postMessage(data) {
      const event = new MessageEvent("message", { data: structuredClone(data) });
      this.ready.then(() => this.frame.dispatchEvent(event));
    }

    terminate() {
      this.element.remove();
    }
  };
  window.Worker = window.IFrameWorker;
})();

// Keeps the page up to date. Only what is different is replaced: the focus stays where it is, and a screen reader
// hears only what is new.
(function () {
  "use strict";

  const PERIOD = 3000;

  function adopt(shown, now) {
    if (shown.isEqualNode(now)) {
      return;
    }
    const same = shown.nodeType === now.nodeType && shown.nodeName === now.nodeName;
    if (!same) {
      shown.replaceWith(now.cloneNode(true));
      return;
    }
    if (shown.nodeType !== Node.ELEMENT_NODE) {
      shown.nodeValue = now.nodeValue;
      return;
    }
    Array.from(shown.attributes)
      .filter((attribute) => !now.hasAttribute(attribute.name))
      .forEach((attribute) => shown.removeAttribute(attribute.name));
    for (const attribute of now.attributes) {
      if (shown.getAttribute(attribute.name) !== attribute.value) {
        shown.setAttribute(attribute.name, attribute.value);
      }
    }
    adoptChildren(shown, now);
  }

  // What has an id stays itself, and what was before it and is no more goes.
  function adoptChildren(shown, now) {
    const ids = new Set(Array.from(now.children, (child) => child.id));
    let old = shown.firstChild;
    for (const node of Array.from(now.childNodes)) {
      const stays = node.id ? find(old, node.id) : old && !(old.id && ids.has(old.id)) ? old : null;
      if (stays) {
        while (old !== stays) {
          old = without(old);
        }
        old = stays.nextSibling;
        adopt(stays, node);
      } else {
        shown.insertBefore(node.cloneNode(true), old);
      }
    }
    while (old) {
      old = without(old);
    }
  }

  function find(first, id) {
    let node = first;
    while (node && node.id !== id) {
      node = node.nextSibling;
    }
    return node;
  }

  function without(node) {
    const next = node.nextSibling;
    node.remove();
    return next;
  }

  function begin() {
    const standing = document.getElementById("iplb-standing");
    const stale = document.getElementById("iplb-stale");
    const pause = document.getElementById("iplb-pause");
    let timer;

    function show(html) {
      const now = document.createElement("template");
      now.innerHTML = html;
      const next = standing.cloneNode(false);
      next.append(now.content);
      adopt(standing, next);
    }

    function update() {
      clearTimeout(timer);
      if (document.hidden || pause.checked) {
        return;
      }
      fetch(standing.dataset.url)
        .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
        .then(show)
        .then(
          () => stale.classList.add("jenkins-hidden"),
          () => stale.classList.remove("jenkins-hidden"),
        )
        .then(() => {
          clearTimeout(timer);
          timer = setTimeout(update, PERIOD);
        });
    }

    pause.addEventListener("change", update);
    document.addEventListener("visibilitychange", update);
    timer = setTimeout(update, PERIOD);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", begin);
  } else {
    begin();
  }
})();

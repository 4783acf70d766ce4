/* Tells how far the report of a region is, and why when it cannot be made. Without this file form and link just work. */
(function () {
  "use strict";

  var busy = false;

  function say(place, text, working) {
    var status = place.querySelector(".rapport-status");
    if (!status) return;
    status.textContent = text;
    status.classList.toggle("bezig", Boolean(working));
  }

  function nameIn(answer) {
    var found = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
    return found ? found[1] : "rapport.pdf";
  }

  function save(file, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  function make(place, address) {
    if (busy) return;
    busy = true;
    say(place, "Het rapport wordt gemaakt…", true);
    fetch(address).then(function (answer) {
      var kind = answer.headers.get("Content-Type") || "";
      if (answer.ok && kind.indexOf("application/pdf") === 0) {
        return answer.blob().then(function (file) {
          save(file, nameIn(answer));
          say(place, "Het rapport is klaar. Het staat bij uw downloads.");
        });
      }
      return (kind.indexOf("text/plain") === 0 ? answer.text() : Promise.resolve("")).then(function (why) {
        say(place, why.trim() || "Het rapport kon niet worden gemaakt. Kies een andere regio of probeer het later.");
      });
    }).catch(function () {
      say(place, "Het rapport kwam niet aan. Kijk of u verbinding heeft en probeer het opnieuw.");
    }).then(function () { busy = false; });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches || !form.matches("form.rapport")) return;
    event.preventDefault();
    make(form, form.action + "?" + new URLSearchParams(new FormData(form)));
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest(".rapport a[download]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    make(link.closest(".rapport"), link.href);
  });
})();

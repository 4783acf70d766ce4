/* The plain input of components/native.py: React puts it on the page and never touches what is typed in it. */
(function () {
  "use strict";
  var NAMES = ["id", "name", "type", "list", "placeholder", "autoComplete", "className", "maxLength", "spellCheck"];

  window.impactmonitor = {
    Input: function (props) {
      var own = { defaultValue: props.value };
      Object.keys(props).forEach(function (name) {
        if (NAMES.indexOf(name) >= 0 || /^(data|aria)-/.test(name)) own[name] = props[name];
      });
      return window.React.createElement("input", own);
    },
  };
})();

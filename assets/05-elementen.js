/* The elements that Dash has not, drawn from components/native.py and components/svg.py: a plain input, which React
   puts on the page without touching what is typed in it, and the elements of SVG. */
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
    Svg: function (props) {
      return window.React.createElement(props.tag, props.attributes, props.children);
    },
  };
})();

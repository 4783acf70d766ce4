/* The components of the pages, for Dash to draw: one finished page (components/native.py), and the few of Dash itself
   that stand around it. Those of Dash bring libraries along that no page needs. */
(function () {
  "use strict";

  window.impactmonitor = {
    /* React keeps a mark, and makes another one for every answer; what is shown stands beside it and stays. */
    Page: function (props) {
      var mark = window.React.useRef(null);
      window.React.useLayoutEffect(function () {
        window.impactmonitorShow(mark.current.parentNode, props);
      }, [props.html, props.graphs, props.into]);
      return window.React.createElement("template", { ref: mark });
    },
  };

  window.dash_html_components = {
    Div: function (props) { return window.React.createElement("div", { id: props.id }, props.children); },
  };

  window.dash_core_components = {
    Location: function (props) {
      window.React.useEffect(function () {
        props.setProps({ pathname: location.pathname, search: location.search });
      }, []);
      return null;
    },
    Store: function () { return null; },
  };
})();

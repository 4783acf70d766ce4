/* Draws the SVG elements of components/svg.py: Dash itself has HTML elements only. */
window.impactmonitor = window.impactmonitor || {};
window.impactmonitor.Svg = function (props) {
  "use strict";
  return window.React.createElement(props.tag, props.attributes, props.children);
};

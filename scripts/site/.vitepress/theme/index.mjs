// @ts-check
import DefaultTheme from "vitepress/theme";
import { h } from "vue";
import Diagram from "./Diagram.vue";
import NotFound from "./NotFound.vue";
import PiPage from "./pi/PiPage.vue";
import "./style.css";

/** @type {import("vitepress").Theme} */
export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { "not-found": () => h(NotFound) }),
  enhanceApp({ app }) {
    app.component("Diagram", Diagram);
    app.component("PiPage", PiPage);
  },
};

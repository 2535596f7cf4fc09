// Rules for the JavaScript that phones run; types are checked by TypeScript (tsconfig.json).
import js from "@eslint/js";
import globals from "globals";

const worker = ["pwa/static/js/**/*worker*.js"];

export default [
  js.configs.recommended,
  {
    files: ["pwa/static/js/**/*.js"],
    ignores: worker,
    languageOptions: { ecmaVersion: 2023, sourceType: "module", globals: globals.browser },
  },
  { files: worker, languageOptions: { ecmaVersion: 2023, globals: globals.serviceworker } },
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      complexity: ["error", 12],
      curly: ["error", "multi-line"],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "max-depth": ["error", 3],
      "max-lines": ["error", { max: 250, skipComments: true }],
      "max-lines-per-function": ["error", { max: 40, skipComments: true }],
      "no-console": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-shadow": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
      // Markup comes from templates and from fragments the server has cleaned, never from strings joined here.
      "no-restricted-properties": ["error", { object: "document", property: "write" }],
    },
  },
];

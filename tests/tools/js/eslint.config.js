/** What the page's modules must not do; how they are typed is for `tsc`, with `tsconfig.json`. */

import tseslint from "typescript-eslint";
import wordsInStrings from "./words-in-strings.js";

export default [
  {
    files: ["static/js/**/*.js"],
    languageOptions: { parser: tseslint.parser, parserOptions: { project: "tests/tools/js/tsconfig.json" } },
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "no-sequences": ["error", { allowInParentheses: false }],
      "no-shadow": "error",
      "no-unused-vars": "error",
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["static/js/**/*.js"],
    ignores: ["static/js/*/strings.js", "static/js/*/*-strings.js"],
    plugins: { house: { rules: { "words-in-strings": wordsInStrings } } },
    rules: { "house/words-in-strings": "error" },
  },
];

/**
 * An ESLint rule: what people read stands in a room's `strings.js`, in each language of the page.
 *
 * Finds it wherever a literal looks like it: two words in a row, or one with a capital. Names for machines have
 * no spaces and a capital inside at most; where they have, it is told by where they stand.
 */

const PRODUCT = "Transcript Editor";
const SPOKEN = /(?:^|[^\p{L}\p{N}_+-])(?:\p{Lu}\p{Ll}+(?![\p{L}\p{N}_+-])|\p{L}{2,}[.,:;…!?]?\s+\p{L}+)/u;
const SELECTORS = /^(?:(?:a|button|input|select|summary|textarea|\.[a-z-]+)(?::[^,]*)?(?:, |$))+$/;
/** What is asked by these is asked of the browser or of the server. */
const ASKING = new Set(
  "closest endsWith find get includes matchMedia matches querySelector querySelectorAll set split startsWith warn".split(
    " ",
  ),
);
/** Names of keys as browsers tell them. */
const KEYS = /^(Alt|AltGraph|Backspace|Control|Dead|Delete|End|Enter|Escape|Home|Insert|Meta|Process|Shift|Space|Tab)$/;

/** Whether a literal stands where only machines read it. */
function isForMachines({ parent, ...node }) {
  const isAsked = parent.type === "CallExpression" || parent.type === "MemberExpression";
  const callee = parent.type === "CallExpression" ? parent.callee : parent;
  if (isAsked && ASKING.has((callee.property ?? callee).name)) return true;
  if (parent.type === "BinaryExpression") return parent.operator !== "+";
  if (parent.type === "Property") return parent.key.range[0] === node.range[0] || parent.key.name === "class";
  return /^(Import|Export)/.test(parent.type);
}

export default {
  meta: { type: "problem", schema: [], messages: { loose: "Put what people read into strings.js: “{{text}}”" } },
  create(context) {
    const check = (node, text) => {
      if (SPOKEN.test(text.replace(PRODUCT, "")) && !KEYS.test(text) && !SELECTORS.test(text)) {
        context.report({ node, messageId: "loose", data: { text } });
      }
    };
    return {
      Literal: (node) => typeof node.value === "string" && !isForMachines(node) && check(node, node.value),
      TemplateElement: (node) => check(node, node.value.cooked ?? ""),
    };
  },
};

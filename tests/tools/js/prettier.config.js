/** How the page's files are set. Long lines, so that a statement is more often one line. */

export default { printWidth: 120, objectWrap: "collapse", bracketSameLine: true };

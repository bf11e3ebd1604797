/** Makes ids that nobody else makes; `crypto.randomUUID` is there over https only. */
export const randomId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

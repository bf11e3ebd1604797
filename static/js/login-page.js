/** The login page: asks for name and password, then goes where the person wanted to go. */

import * as api from "./server/api.js";
import { find } from "./shared/dom.js";
import { mountLanguage } from "./shared/language.js";
import { tellOfUnhandled, wordsOf } from "./shared/toast.js";

tellOfUnhandled();
mountLanguage(find("#page-language"));

const form = find("#login");
const part = (/** @type {string} */ name) => /** @type {any} */ (find(`[data-part="${name}"]`, form));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  part("go").disabled = true;
  part("problem").hidden = true;
  try {
    await api.logIn(part("name").value, part("password").value);
    location.replace(api.wantedPage(location.href));
  } catch (error) {
    part("problem").textContent = wordsOf(error);
    part("problem").hidden = false;
    part("password").value = "";
    part("password").focus();
  } finally {
    part("go").disabled = false;
  }
});

/**
 * The language of the page, and its numbers and dates. Each room's `strings.js` holds its words in every language.
 *
 * The server says in `<html lang>` in which language it sent the page: the one chosen here, else the browser's.
 */

/** @typedef {"en" | "de"} Language */
/** @type {readonly Language[]} */
const LANGUAGES = ["en", "de"];
const COOKIE = "language";
const A_YEAR_S = 365 * 24 * 3600;

const sentIn = typeof document === "undefined" ? "en" : document.documentElement.lang;
/** @type {Language} */
export const language = LANGUAGES.find((one) => one === sentIn) ?? "en";

/** The language as the browser's owner has it, as en-GB, for dates and numbers. */
const locale =
  typeof document === "undefined"
    ? language
    : (navigator.languages.find((one) => one.split("-")[0] === language) ?? language);

/**
 * The words of a room in the language of the page; the others must have the same keys and types as English.
 * @template Words
 * @param {{en: Words, de: NoInfer<Words>}} texts
 * @returns {Words}
 */
export const inLanguage = (texts) => texts[language];

const plurals = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);
const dates = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" });

const languages = new Intl.DisplayNames([locale], { type: "language" });

/** @param {string} code such as fr @returns {string} such as French */
export const nameOfLanguage = (code) => languages.of(code) ?? code;

/** @param {number} value as 1,234.5 */
export const number = (value) => numbers.format(value);

/** By digits after the point; one costs more to make than a hundred numbers to write. @type {Map<number, Intl.NumberFormat>} */
const decimals = new Map();

/** @param {number} value @param {number} digits after the point, always so many */
export function decimal(value, digits) {
  const format =
    decimals.get(digits) ??
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  decimals.set(digits, format);
  return format.format(value);
}

/** @param {number} time_ms as 5 Mar 2026 */
export const date = (time_ms) => dates.format(time_ms);

/**
 * @template Form
 * @param {number} count
 * @param {{one: Form, other: Form}} forms
 */
export const plural = (count, forms) => (plurals.select(count) === "one" ? forms.one : forms.other);

/** @param {number} count @param {string} one @param {string} other as "1 doubt", "1,200 doubts" */
export const counted = (count, one, other) => `${number(count)} ${plural(count, { one, other })}`;

/** What the person chose; empty where the browser chooses. */
const chosen = () => new RegExp(`(?:^|; )${COOKIE}=(\\w+)`).exec(document.cookie)?.[1] ?? "";

/** Let the person choose the language of the page. @param {HTMLSelectElement} select its values are languages, or empty */
export function mountLanguage(select) {
  select.value = chosen();
  select.addEventListener("change", () => {
    const age_s = select.value ? A_YEAR_S : 0;
    document.cookie = `${COOKIE}=${select.value}; path=/; max-age=${age_s}; samesite=lax`;
    location.reload();
  });
}

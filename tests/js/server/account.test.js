import assert from "node:assert/strict";
import { test } from "node:test";
import { wantedPage } from "../../../static/js/server/api.js";

const HERE = "https://texts.example/login?next=";

test("login leads to the page that was wanted", () => {
  assert.equal(wantedPage(`${HERE}%2Ft%2Fabc`), "https://texts.example/t/abc");
  assert.equal(wantedPage("https://texts.example/login"), "https://texts.example/");
});

test("login leads to no other site and runs nothing", () => {
  for (const wanted of [
    "https://evil.example/x",
    "//evil.example/x",
    "/\\evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
  ]) {
    assert.equal(wantedPage(HERE + encodeURIComponent(wanted)), "/");
  }
  for (const wanted of ["/.//evil.example", "/../..//evil.example/x", "/x/..//evil.example", "/%2e//evil.example"]) {
    const led = new URL(wantedPage(HERE + encodeURIComponent(wanted)), HERE);
    assert.equal(led.host, "texts.example", wanted);
  }
});

import { everyScreen } from "./support/every-screen";
import { test } from "./support/test";

// Part of `npm run test:e2e`: nothing scrolls sideways, nothing is out of reach, at twice the size.
test.describe("at 200 %", { tag: "@every-screen" }, () => everyScreen("zoom"));

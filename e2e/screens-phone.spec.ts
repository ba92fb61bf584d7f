import { everyScreen } from "./support/every-screen";
import { test } from "./support/test";

// Part of `npm run test:e2e`: the check that has to end soon looks at the desktop's two themes, and walks the phone's journeys.
test.describe("at 360 px", { tag: "@every-screen" }, () => everyScreen("phone"));

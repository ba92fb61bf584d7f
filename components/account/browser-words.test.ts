import { expect, it } from "vitest";
import { browserWords } from "./browser-words";

it.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
  [
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Chrome on Windows",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
    "Edge on Windows",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.1 Safari/605.1",
    "Safari on macOS",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 (KHTML) CriOS/140.0 Mobile Safari/604",
    "Chrome on iOS",
  ],
  [
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537 (KHTML) SamsungBrowser/27.0 Chrome/125 Mobile Safari/537",
    "Samsung Internet on Android",
  ],
  ["curl/8.5.0", "curl"],
  ["", "Unknown browser"],
  [undefined, "Unknown browser"],
  ["/", "Unknown browser"],
])("%s is %s", (userAgent, expected) => expect(browserWords(userAgent)).toBe(expected));

import { expect, it } from "vitest";
import { subjectOf } from "@/lib/testing/failure-ground";
import { messageNamesOf } from "./suspect-message";
import { failureKindOf } from "./suspect-traits";

it.each<[string, string[]]>([
  ["KeyError: 'total_cents'", ["total_cents"]],
  ["TypeError: Cannot read properties of undefined (reading 'total')", ["total"]],
  ["AttributeError: 'Order' object has no attribute 'total'", ["Order", "total"]],
  ["NoMethodError: undefined method `total' for nil:NilClass", ["total"]],
  ["KeyError: key not found: :total", ["total"]],
  ["ReferenceError: total is not defined", ["total"]],
  ["TypeError: order.total is not a function", ["order", "total"]],
  ["NameError: uninitialized constant Shop::Price", ["Shop", "Price"]],
  ["SettingError: setting queue.workers is not set", ["queue", "workers"]],
  ["OperationalError: no such column: total", ["total"]],
  ["ModuleNotFoundError: No module named 'shop.price'", ["shop", "price"]],
  [
    'java.lang.NullPointerException: Cannot invoke "shop.Order.total()" because "order" is null',
    ["shop", "Order", "total", "order"],
  ],
  ["shop.errors.DataError: 10 pieces too many", []],
  ["ValueError: could not parse config.json", []],
  ["panic: runtime error: index out of range [2] with length 0", []],
])("%s speaks of %j", (message, names) => {
  expect([...messageNamesOf(subjectOf(message, 0))].sort()).toEqual([...names].sort());
});

it.each<[string, string]>([
  ["ZeroDivisionError: division by zero", "arithmetic"],
  ["IndexError: list index out of range", "range"],
  ["java.lang.ArrayIndexOutOfBoundsException: Index 3 out of bounds for length 3", "range"],
  ["KeyError: 'total'", "missing_name"],
  ["NoMethodError: undefined method `total' for nil:NilClass", "missing_value"],
  ["TypeError: Cannot read properties of undefined (reading 'x')", "missing_value"],
  ["panic: runtime error: invalid memory address or nil pointer dereference", "missing_value"],
  ["ModuleNotFoundError: No module named 'x'", "import"],
  ["ValueError: invalid literal for int() with base 10: '12,50'", "wrong_type"],
  ["TimeoutError: gave up after 30 s", "timing"],
  ["it went wrong", "other"],
])("%s is a failure of the kind %s", (message, kind) => expect(failureKindOf(message)).toBe(kind));

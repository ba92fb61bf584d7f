import { describe, expect, it } from "vitest";
import { exceptionMeaning } from "./exception-meaning";
import { failingExpression } from "./failing-expression";

describe("the expression that a failure is about", () => {
  it.each<[string, string, string, string | null]>([
    [
      "TypeError",
      "Cannot read properties of undefined (reading 'total')",
      "return order.total + fee;",
      "order",
    ],
    [
      "TypeError",
      "Cannot read properties of undefined (reading 'total')",
      "return this.cart.order(id).total;",
      "this.cart.order(id)",
    ],
    ["TypeError", "Cannot read properties of undefined (reading 'total')", "const { total } = order;", null],
    ["AttributeError", "'NoneType' object has no attribute 'total'", "amount = rows[0].total", "rows[0]"],
    ["NoMethodError", "undefined method 'total' for nil", "amount = @order.total", "@order"],
    ["Error", "Call to a member function total() on null", "return $order->total();", "$order"],
    [
      "panic",
      "called `Option::unwrap()` on a `None` value",
      "let last = self.rows.last().unwrap();",
      "self.rows.last()",
    ],
    [
      "panic",
      "runtime error: invalid memory address or nil pointer dereference",
      "return order.Total + 1",
      "order",
    ],
    [
      "panic",
      "runtime error: invalid memory address or nil pointer dereference",
      "return order.Total + fee.Sum",
      null,
    ],
    ["panic", "runtime error: index out of range [3] with length 3", "sum += rates[i]", "rates[i]"],
    ["IndexError", "list index out of range", "return rows[i] + rows[j]", null],
    ["ZeroDivisionError", "division by zero", "return total / len(rows)", "len(rows)"],
    ["KeyError", "'total'", `row["total"]`, null],
  ])("%s: %s: %s", (type, message, text, expression) => {
    expect(failingExpression(exceptionMeaning(type, message), text)).toBe(expression);
  });

  it("is quick on a line that is made to be slow", () => {
    const meaning = exceptionMeaning("TypeError", "Cannot read properties of undefined (reading 'total')");
    const started = performance.now();
    for (const piece of ["a.", "a(b)", "a[0]", "$", "a->"]) failingExpression(meaning, piece.repeat(80));
    expect(performance.now() - started).toBeLessThan(500);
  });
});

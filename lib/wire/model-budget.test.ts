import { expect, it } from "vitest";
import { askingRows, budgetRows } from "@/components/settings/triage-model";
import { askingLevels, budgetFields } from "@/lib/domain/model-settings";

it("the form of a model's budget has the fields, defaults and limits that the policy is judged by", () => {
  const judged = Object.values(budgetFields).map(({ key, fallback, max, isWhole }) => ({
    ...{ key, max, fallback: fallback ?? undefined, isMoney: !isWhole },
  }));
  const shown = budgetRows.map(({ key, fallback, max, isMoney }) => ({ key, max, fallback, isMoney }));
  expect(shown).toEqual(judged);
});

it("the form offers every level of asking destinations that the policy knows", () => {
  expect(askingRows.map(({ value }) => value).sort()).toEqual([...askingLevels].sort());
});

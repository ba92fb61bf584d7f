import { randomBytes, randomInt } from "node:crypto";

/** Made for one run and worth nothing, but shaped like the real thing: what careless code puts into its errors. */
export function plantedSecrets() {
  return {
    bearer: randomBytes(30).toString("base64url"),
    password: `Pw${randomBytes(9).toString("hex")}`,
    card: cardNumber(),
  };
}

/** Sixteen digits that pass the Luhn check, as one would be printed on a card. */
function cardNumber() {
  const digits = [4, 5, 5, 5, ...Array.from({ length: 11 }, () => randomInt(10))];
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  const all = [...digits, (10 - (sum % 10)) % 10].join("");
  return all.replace(/(\d{4})(?=\d)/g, "$1 ");
}

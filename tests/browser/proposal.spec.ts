import { expect, test } from "./support/fixtures.ts";
import { keys } from "./support/answering.ts";

// An institution that the register lacks: its person learns at once and counts when it is approved.
test("a person adds an institution that is not in the register", async ({ page, server }) => {
  const { press, fill, pick, tick } = keys;
  const main = page.getByRole("main");
  const email = "laura.ozola@example.lv";

  await page.goto("/lv/register");
  await fill(main.getByLabel("E-pasta adrese"), email);
  await press(main.getByRole("button", { name: "Reģistrēties" }));
  await expect(main).toContainText(email);
  const mail = await server.mailTo(email);
  await page.goto(mail.links.find((address) => address.includes("/confirm/")) ?? "");
  await fill(main.getByLabel("Parole"), "zirgs ēd zaļu sienu 9");
  await press(main.getByRole("button", { name: "Apstiprināt un turpināt" }));

  await fill(main.getByLabel("Vārds", { exact: true }), "Laura");
  await fill(main.getByLabel("Uzvārds"), "Ozola-Kļaviņa");
  await press(main.getByRole("button", { name: "Saglabāt" }));

  await fill(main.getByLabel("Iestāde vai uzņēmums"), "Nekur neesošā");
  await press(main.getByRole("button", { name: "Meklēt" }));
  await expect(main.getByRole("status")).toContainText("Nekas nav atrasts");
  await press(main.getByRole("link", { name: "Pievienot darbavietu" }));
  await fill(main.getByLabel("Nosaukums"), "Nekur neesošā bibliotēka");
  await fill(main.getByLabel(/Reģistrācijas numurs/), "123");
  await pick(main.getByLabel("Veids"), "Pašvaldība vai tās iestāde");
  await press(main.getByRole("button", { name: "Saglabāt" }));
  await expect(main.getByLabel(/Reģistrācijas numurs/)).toHaveAccessibleDescription(/tieši 11 cipariem/);
  await expect(main.getByLabel("Nosaukums")).toHaveValue("Nekur neesošā bibliotēka");
  await fill(main.getByLabel(/Reģistrācijas numurs/), "");
  await press(main.getByRole("button", { name: "Saglabāt" }));

  await tick(main.getByRole("checkbox", { name: "Šo paziņojumu izlasīju" }));
  await press(main.getByRole("button", { name: "Apstiprināt" }));
  await expect(page.getByText("Profils ir gatavs")).toBeVisible();
  await page.goto("/lv/me/organisation");
  await expect(main).toContainText("Gaida apstiprināšanu");
});

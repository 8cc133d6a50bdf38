/* "Dekat saya": the district nearest to where the browser says it is. The position never leaves the browser: the points
   of all districts come here, and only the code of the chosen one goes into the address, as if it had been chosen. */
(() => {
  "use strict";
  const near = document.querySelector("[data-near]");
  if (!near || !navigator.geolocation) return;
  const said = near.querySelector("[role=status]");
  const say = (words) => { said.textContent = words; };
  const position = () => new Promise((found, failed) => {
    navigator.geolocation.getCurrentPosition(found, failed, { maximumAge: 600000, timeout: 20000 });
  });
  /* Good enough to tell which is nearer, a few hundred kilometres around. */
  const distance = (here, latitude, longitude) => {
    const east = (longitude - here.longitude) * Math.cos(here.latitude * Math.PI / 180);
    return east ** 2 + (latitude - here.latitude) ** 2;
  };
  const look = async () => {
    say(said.dataset.looking);
    const [{ coords }, answer] = await Promise.all([position(), fetch(near.dataset.near)]);
    const { districts } = await answer.json();
    const [nearest] = districts.reduce((best, one) =>
      distance(coords, one[1], one[2]) < distance(coords, best[1], best[2]) ? one : best);
    const address = new URL(location.pathname, location.origin);
    const asked = new FormData(near.closest("form"));
    for (const [name, value] of asked) {
      if (value && !["wilayah", "kecamatan", "desa"].includes(name)) address.searchParams.set(name, value);
    }
    address.searchParams.set("wilayah", nearest);
    location.assign(address);
  };
  near.hidden = false;
  near.querySelector("button").addEventListener("click", () => look().catch(() => say(said.dataset.failed)));
})();

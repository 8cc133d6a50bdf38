/* The map that the server drew, as one that moves: the same places with the same sizes, from the list below it. */
(() => {
  "use strict";
  const place = document.getElementById("peta");
  const rows = [...document.querySelectorAll("#daftar tr[data-latitude]")];
  if (!place || !rows.length || !window.L) return;
  const drawn = place.querySelector("svg");
  const most = Math.max(1, ...rows.map((row) => Number(row.dataset.open)));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.classList.add("moving");
  drawn.remove();
  const map = L.map(place, {
    scrollWheelZoom: false, attributionControl: Boolean(place.dataset.tiles),
    zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm,
  });
  map.attributionControl?.setPrefix("Leaflet");
  if (place.dataset.tiles) L.tileLayer(place.dataset.tiles, { maxZoom: 18, attribution: place.dataset.attribution }).addTo(map);
  const marks = rows.map((row) => {
    const mark = L.circleMarker([Number(row.dataset.latitude), Number(row.dataset.longitude)], {
      radius: 5 + 19 * Math.sqrt(Number(row.dataset.open) / most), className: `mark ${row.dataset.tone}`,
    });
    const words = document.createElement("span");
    words.textContent = row.dataset.said;
    return mark.bindTooltip(words).on("click", () => location.assign(row.dataset.href));
  });
  /* Large ones first, so that a small one lies on a large one. The list is for keys and screen readers. */
  const all = L.featureGroup(marks).addTo(map);
  map.fitBounds(all.getBounds(), { padding: [30, 30], maxZoom: 14 });
})();

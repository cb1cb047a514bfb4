// A page in the style of the map starter, without tiles of another machine.
var map = L.map("map").setView([47, 3], 5);
L.circle([47, 3], { radius: 15000 }).addTo(map);
L.marker([47, 3]).addTo(map);

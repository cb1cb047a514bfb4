import { start } from "/plugins/text-explorer/resource/explorer/main.js";

start(document.getElementById("text-explorer"), window);

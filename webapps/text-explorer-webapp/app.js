import { start } from "/plugins/text-explorer/resource/explorer/main.js?v=0.1.0";

start(document.getElementById("text-explorer"), window);

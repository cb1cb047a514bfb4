import { show } from "/plugins/webapp-probe/resource/app/main.mjs";

show(document.getElementById("probe"));

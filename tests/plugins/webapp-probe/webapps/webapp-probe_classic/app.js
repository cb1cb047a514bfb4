document.getElementById("probe-title").textContent = dataiku.getWebAppConfig().title;

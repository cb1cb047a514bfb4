document.getElementById("title").textContent = dataiku.getWebAppConfig().title;

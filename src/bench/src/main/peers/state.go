// Prints the whole configuration of a load balancer with OVH's own client for Go, object by object.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/ovh/go-ovh/ovh"
)

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func all(client *ovh.Client, path string) []map[string]interface{} {
	var ids []int64
	must(client.Get(path, &ids))
	objects := []map[string]interface{}{}
	for _, id := range ids {
		var found map[string]interface{}
		must(client.Get(fmt.Sprintf("%s/%d", path, id), &found))
		if strings.HasSuffix(path, "/farm") {
			found["servers"] = all(client, fmt.Sprintf("%s/%d/server", path, id))
		}
		objects = append(objects, found)
	}
	return objects
}

func main() {
	client, err := ovh.NewClient(os.Getenv("OVH_ENDPOINT"), os.Getenv("OVH_APPLICATION_KEY"),
		os.Getenv("OVH_APPLICATION_SECRET"), os.Getenv("OVH_CONSUMER_KEY"))
	must(err)
	service := "/ipLoadbalancing/" + os.Getenv("SERVICE")
	var about map[string]interface{}
	must(client.Get(service, &about))
	state := map[string]interface{}{"service": about}
	for _, protocol := range []string{"http", "tcp"} {
		for _, kind := range []string{"farm", "frontend", "route"} {
			path := protocol + "/" + kind
			state[path] = all(client, service+"/"+path)
		}
	}
	must(json.NewEncoder(os.Stdout).Encode(state))
}

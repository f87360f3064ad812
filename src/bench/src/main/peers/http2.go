// Makes sure of a route and its rule, all by names, with OVH's own client for Go. Prints whether it had to. With a URL it goes on
// to the end of OVH's guide: refreshes, waits until that is done, and asks the URL over HTTP/2.
package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/ovh/go-ovh/ovh"
)

var service = "/ipLoadbalancing/" + os.Getenv("SERVICE")

type rule struct {
	Field   string `json:"field"`
	Match   string `json:"match"`
	Pattern string `json:"pattern"`
}

type object struct {
	DisplayName string `json:"displayName"`
	FrontendID  int64  `json:"frontendId"`
	FarmID      int64  `json:"farmId"`
	RouteID     int64  `json:"routeId"`
	Rules       []rule `json:"rules"`
}

type task struct {
	ID     int64  `json:"id"`
	Status string `json:"status"`
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func named(client *ovh.Client, kind, name string) *object {
	var ids []int64
	must(client.Get(fmt.Sprintf("%s/tcp/%s", service, kind), &ids))
	for _, id := range ids {
		var found object
		must(client.Get(fmt.Sprintf("%s/tcp/%s/%d", service, kind, id), &found))
		if found.DisplayName == name {
			return &found
		}
	}
	return nil
}

func ensureRoute(client *ovh.Client, frontendName, farmName, routeName, pattern string) {
	frontend := named(client, "frontend", frontendName)
	farm := named(client, "farm", farmName)
	route := named(client, "route", routeName)
	changed := false
	if route == nil {
		route = &object{}
		must(client.Post(service+"/tcp/route", map[string]interface{}{
			"displayName": routeName,
			"frontendId":  frontend.FrontendID,
			"action":      map[string]string{"type": "farm", "target": strconv.FormatInt(farm.FarmID, 10)},
		}, route))
		changed = true
	}
	wanted := rule{"protocol", "is", pattern}
	there := false
	for _, each := range route.Rules {
		there = there || each == wanted
	}
	if !there {
		must(client.Post(fmt.Sprintf("%s/tcp/route/%d/rule", service, route.RouteID), wanted, nil))
		changed = true
	}
	fmt.Println("changed:", changed)
}

func refresh(client *ovh.Client) {
	var running task
	must(client.Post(service+"/refresh", nil, &running))
	for running.Status != "done" {
		time.Sleep(time.Second)
		must(client.Get(fmt.Sprintf("%s/task/%d", service, running.ID), &running))
	}
}

func ask(url string) {
	client := http.Client{Transport: &http.Transport{
		ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, os.Getenv("CONNECT_TO"))
		},
	}}
	answer, err := client.Get(url)
	must(err)
	fmt.Println(answer.Proto)
	if answer.ProtoMajor != 2 {
		os.Exit(1)
	}
}

func main() {
	client, err := ovh.NewClient(os.Getenv("OVH_ENDPOINT"), os.Getenv("OVH_APPLICATION_KEY"),
		os.Getenv("OVH_APPLICATION_SECRET"), os.Getenv("OVH_CONSUMER_KEY"))
	must(err)
	ensureRoute(client, os.Args[1], os.Args[2], os.Args[3], os.Args[4])
	if len(os.Args) > 5 {
		refresh(client)
		ask(os.Args[5])
	}
}

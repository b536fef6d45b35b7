// SPDX-License-Identifier: Apache-2.0

package txn

// step is one node of a cycle with the edge that leaves it.
type step struct {
	node int
	edge edge
}

// cycle is a short cycle of the graph, nil when there is none. The search is linear; the shortening looks at one
// component only.
func (g *graph) cycle() []step {
	component := g.component()
	if component == nil {
		return nil
	}
	inside := map[int]bool{}
	for _, node := range component {
		inside[node] = true
	}
	var best []step
	const startsMax = 64
	for i, node := range component {
		if i == startsMax {
			break
		}
		if found := g.shortest(node, inside); best == nil || len(found) < len(best) {
			best = found
		}
	}
	return best
}

// component is the smallest set of nodes, more than one, that all reach each other: Tarjan's algorithm with a stack of
// its own, for a history has more transactions than a goroutine should have frames.
func (g *graph) component() []int {
	type frame struct{ node, next int }
	count := len(g.edges)
	index, low, on := make([]int, count), make([]int, count), make([]bool, count)
	var stack, smallest []int
	var frames []frame
	counter := 0
	enter := func(node int) {
		counter++
		index[node], low[node], on[node] = counter, counter, true
		stack = append(stack, node)
		frames = append(frames, frame{node, 0})
	}
	for root := range g.edges {
		if index[root] != 0 {
			continue
		}
		enter(root)
		for len(frames) > 0 {
			f := &frames[len(frames)-1]
			if f.next < len(g.edges[f.node]) {
				to := g.edges[f.node][f.next].to
				f.next++
				if index[to] == 0 {
					enter(to)
				} else if on[to] && index[to] < low[f.node] {
					low[f.node] = index[to]
				}
				continue
			}
			node := f.node
			frames = frames[:len(frames)-1]
			if len(frames) > 0 && low[node] < low[frames[len(frames)-1].node] {
				low[frames[len(frames)-1].node] = low[node]
			}
			if low[node] != index[node] {
				continue
			}
			at := len(stack) - 1
			for stack[at] != node {
				at--
			}
			for _, member := range stack[at:] {
				on[member] = false
			}
			if size := len(stack) - at; size > 1 && (smallest == nil || size < len(smallest)) {
				smallest = append([]int(nil), stack[at:]...)
			}
			stack = stack[:at]
		}
	}
	return smallest
}

// shortest is a shortest way from the node back to itself, within the set.
func (g *graph) shortest(start int, inside map[int]bool) []step {
	from := map[int]step{}
	queue := []int{start}
	for len(queue) > 0 {
		node := queue[0]
		queue = queue[1:]
		for _, e := range g.edges[node] {
			if _, reached := from[e.to]; reached || !inside[e.to] {
				continue
			}
			from[e.to] = step{node, e}
			if e.to == start {
				return trace(from, start)
			}
			queue = append(queue, e.to)
		}
	}
	return nil
}

func trace(from map[int]step, start int) []step {
	way := []step{from[start]}
	for way[0].node != start {
		way = append([]step{from[way[0].node]}, way...)
	}
	return way
}

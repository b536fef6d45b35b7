// SPDX-License-Identifier: Apache-2.0

// Package wire speaks DynamoDB's protocol as cheaply as Go allows: one keep-alive connection, requests written as bytes,
// replies read without a tree. A load generator that shares two cores with the server it measures cannot afford an SDK,
// and an SDK would repeat requests behind the checker's back.
package wire

import (
	"bufio"
	"errors"
	"io"
	"net"
	"strconv"
	"time"
)

// ErrUnsent says that no byte of the request left: it has certainly not been carried out. After any other error it may
// have been.
var ErrUnsent = errors.New("no connection")

const headRest = "\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Date: 20260101T000000Z\r\n" +
	"Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/dynamodb/aws4_request, " +
	"SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=" +
	"0000000000000000000000000000000000000000000000000000000000000000\r\nContent-Length: "

// Conn is one connection, made when it is first needed and again after an error. Not for use by several goroutines.
type Conn struct {
	Address string
	Timeout time.Duration

	tcp net.Conn
	in  *bufio.Reader
	out []byte
	got []byte
}

// Reply is one answer; Body is valid until the next call.
type Reply struct {
	Status int
	Body   []byte
}

// Call sends one request and waits for its answer.
func (c *Conn) Call(operation string, body []byte) (Reply, error) {
	if c.tcp == nil {
		if err := c.dial(); err != nil {
			return Reply{}, ErrUnsent
		}
	}
	c.out = append(c.out[:0], "POST / HTTP/1.1\r\nX-Amz-Target: DynamoDB_20120810."...)
	c.out = append(append(c.out, operation...), headRest...)
	c.out = append(strconv.AppendInt(c.out, int64(len(body)), 10), "\r\n\r\n"...)
	c.out = append(c.out, body...)
	c.tcp.SetDeadline(time.Now().Add(c.Timeout))
	_, err := c.tcp.Write(c.out)
	if err != nil {
		c.Close()
		return Reply{}, err
	}
	reply, err := c.read()
	if err != nil {
		c.Close()
	}
	return reply, err
}

// Close drops the connection; the next call makes a new one.
func (c *Conn) Close() {
	if c.tcp != nil {
		c.tcp.Close()
		c.tcp = nil
	}
}

func (c *Conn) dial() error {
	tcp, err := net.DialTimeout("tcp", c.Address, c.Timeout)
	if err != nil {
		return err
	}
	c.tcp = tcp
	if c.in == nil {
		c.in = bufio.NewReaderSize(tcp, 16<<10)
	} else {
		c.in.Reset(tcp)
	}
	return nil
}

func (c *Conn) read() (Reply, error) {
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return Reply{}, err
	}
	if len(line) < 12 {
		return Reply{}, errors.New("a status line of another protocol")
	}
	reply := Reply{Status: int(line[9]-'0')*100 + int(line[10]-'0')*10 + int(line[11]-'0')}
	length := 0
	for {
		line, err = c.in.ReadSlice('\n')
		if err != nil {
			return Reply{}, err
		}
		if len(line) <= 2 {
			break
		}
		if value, ok := header(line, "content-length:"); ok {
			length = value
		}
	}
	if cap(c.got) < length {
		c.got = make([]byte, length)
	}
	reply.Body = c.got[:length]
	_, err = io.ReadFull(c.in, reply.Body)
	return reply, err
}

// header gives the number of a header line when its lower-case name is the one asked for.
func header(line []byte, name string) (int, bool) {
	if len(line) < len(name) {
		return 0, false
	}
	for i := 0; i < len(name); i++ {
		if line[i]|0x20 != name[i]|0x20 {
			return 0, false
		}
	}
	value := 0
	for _, c := range line[len(name):] {
		if c >= '0' && c <= '9' {
			value = value*10 + int(c-'0')
		}
	}
	return value, true
}

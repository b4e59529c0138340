import { ALERTMANAGER_FACTS } from './alertmanager';
import { GUNICORN_FACTS } from './gunicorn';
import { HAPROXY_FACTS } from './haproxy';
import { HTTPD_FACTS } from './httpd';
import { LIGHTTPD_FACTS } from './lighttpd';
import { MARIADB_FACTS } from './mariadb';
import { MEMCACHED_FACTS } from './memcached';
import { MOSQUITTO_FACTS } from './mosquitto';
import { NATS_FACTS } from './nats';
import { NGINX_FACTS } from './nginx';
import { PGBOUNCER_FACTS } from './pgbouncer';
import { PHP_FPM_FACTS } from './php-fpm';
import { POSTGRES_FACTS } from './postgres';
import { ProgramFacts } from './program-facts';
import { customFacts, ProgramOptions } from './program-options';
import { PROMETHEUS_FACTS } from './prometheus';
import { PUMA_FACTS } from './puma';
import { REDIS_FACTS } from './redis';
import { RSYSLOG_FACTS } from './rsyslog';
import { Signal } from './signal';
import { refusedSignal, signalFor, SignalPurpose } from './signal-choice';
import { SQUID_FACTS } from './squid';
import { UNBOUND_FACTS } from './unbound';
import { UWSGI_FACTS } from './uwsgi';

/**
 * A program that a sidecar signals: how its main process is recognized, and what each signal does to it.
 *
 * Every program here is run by our tests, which find its main process, send it each signal and look at what happens. Describe
 * others with `Program.custom`.
 */
export class Program {
  /** Prometheus Alertmanager. */
  public static readonly ALERTMANAGER = new Program(ALERTMANAGER_FACTS);
  /** Gunicorn, started by its own script. */
  public static readonly GUNICORN = new Program(GUNICORN_FACTS);
  /** HAProxy in master-worker mode (`-W`), as its image runs it. */
  public static readonly HAPROXY = new Program(HAPROXY_FACTS);
  /** Apache httpd. */
  public static readonly HTTPD = new Program(HTTPD_FACTS);
  /** lighttpd in the foreground. */
  public static readonly LIGHTTPD = new Program(LIGHTTPD_FACTS);
  /** MariaDB. */
  public static readonly MARIADB = new Program(MARIADB_FACTS);
  /** memcached: no signal is safe but those that are ignored. */
  public static readonly MEMCACHED = new Program(MEMCACHED_FACTS);
  /** Eclipse Mosquitto. */
  public static readonly MOSQUITTO = new Program(MOSQUITTO_FACTS);
  /** NATS server. */
  public static readonly NATS = new Program(NATS_FACTS);
  /** nginx, as root or not. */
  public static readonly NGINX = new Program(NGINX_FACTS);
  /** PgBouncer: USR1 would pause it. */
  public static readonly PGBOUNCER = new Program(PGBOUNCER_FACTS);
  /** php-fpm: HUP would end it, but in Debian's package. */
  public static readonly PHP_FPM = new Program(PHP_FPM_FACTS);
  /** PostgreSQL. */
  public static readonly POSTGRES = new Program(POSTGRES_FACTS);
  /** Prometheus. */
  public static readonly PROMETHEUS = new Program(PROMETHEUS_FACTS);
  /** Puma with workers; HUP reopens its logs only where `stdout_redirect` is set, else it ends it. */
  public static readonly PUMA = new Program(PUMA_FACTS);
  /** Redis: it needs no signal for its log. */
  public static readonly REDIS = new Program(REDIS_FACTS);
  /** rsyslog in the foreground. */
  public static readonly RSYSLOG = new Program(RSYSLOG_FACTS);
  /** Squid in the foreground without a master (`-N`), with `logfile_rotate 0`. */
  public static readonly SQUID = new Program(SQUID_FACTS);
  /** Unbound in the foreground. */
  public static readonly UNBOUND = new Program(UNBOUND_FACTS);
  /** uWSGI with a master. */
  public static readonly UWSGI = new Program(UWSGI_FACTS);

  /**
   * A program of your own: you say how its main process is recognized and which signals it handles. Nothing of it can be checked
   * at synth.
   *
   * @param options its name, and its signals
   * @throws when `comm` cannot be the name of a process, or a text is empty
   */
  public static custom(options: ProgramOptions): Program {
    return new Program(customFacts(options));
  }

  /** The name, as the program's own documentation writes it. */
  public readonly name: string;

  /**
   * What is known of it.
   *
   * @internal
   */
  public readonly _facts: ProgramFacts;

  private constructor(facts: ProgramFacts) {
    this.name = facts.name;
    this._facts = facts;
  }

  /** The signal that makes it read its configuration again; none when it has none. */
  public get reloadSignal(): Signal | undefined {
    return this._facts.reload;
  }

  /** The signal that makes it open its log files again by their names; none when it has none. */
  public get reopenSignal(): Signal | undefined {
    return this._facts.reopen;
  }

  /**
   * The signal for a purpose.
   *
   * @throws when the program has none, with the reason and what to do instead
   * @internal
   */
  public _signalFor(purpose: SignalPurpose): Signal {
    return signalFor(this._facts, purpose);
  }

  /**
   * Refuses a signal that would end or pause the program, or of which nothing is known.
   *
   * @throws with the reason and the signals to take instead
   * @internal
   */
  public _checkSignal(signal: Signal): void {
    const reason = refusedSignal(this._facts, signal);
    if (reason) throw new Error(reason);
  }
}
